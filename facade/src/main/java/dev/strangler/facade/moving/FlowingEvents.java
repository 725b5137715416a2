package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Streams;
import dev.strangler.facade.data.SendingTracers;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.Consumers.Consumer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How one feature's events flow, put together from what the façade watches anyway. */
record FlowingEvents(FeatureMap map, Feature feature, RelayDuties relays, Consumers consumers, SendingTracers tracers)
        implements Streams {

    @Override
    public String relay(Side side) {
        return relays.condition(map.deployable(feature, side).name()).orElse("MISSING");
    }

    @Override
    public long behind(Side side) {
        return at(side).stream()
                .mapToLong(consumer -> {
                    if (consumer.behind() == null) {
                        throw new IllegalStateException(
                                "Kafka does not say how far %s reaches.".formatted(feature.topic()));
                    }
                    return consumer.behind();
                })
                .max()
                .orElse(0);
    }

    @Override
    public long parked(Side side) {
        return at(side).stream().mapToLong(Consumer::parkedKeys).sum();
    }

    @Override
    public Optional<Duration> trip(Direction direction, Duration limit) {
        return tracers.sendNow(feature, direction, limit);
    }

    private List<Consumer> at(Side side) {
        var reach = consumers.reach(List.of(feature.topic()));
        return consumers.at(map.deployable(feature, side).name(), reach).stream()
                .filter(consumer -> consumer.topic().equals(feature.topic()))
                .toList();
    }
}
