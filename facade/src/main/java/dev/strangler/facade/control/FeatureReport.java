package dev.strangler.facade.control;

import dev.strangler.cutover.FenceHole;
import dev.strangler.facade.moving.WatchingFences;
import dev.strangler.facade.relay.RelayReport;
import dev.strangler.facade.sides.Consumers.Consumer;
import dev.strangler.facade.sides.Reading;
import java.time.Instant;
import java.util.List;

/**
 * Everything about one feature.
 *
 * @param name of the feature
 * @param service that will own it
 * @param paths that belong to it
 * @param aggregates that it publishes
 * @param topic of its events
 * @param route that is stored
 * @param instances that are alive, and how far each is; not known when the control database is away
 * @param relays that carry its events
 * @param consumers of its topic, per side
 * @param data how far its data is copied, proven alike, and crossing
 * @param fences as of the last look at each side; a feature that is not prepared has none
 */
public record FeatureReport(
        String name,
        String service,
        List<String> paths,
        List<String> aggregates,
        String topic,
        RouteView route,
        Reading<List<Acknowledging>> instances,
        Reading<List<RelayReport>> relays,
        List<Consuming> consumers,
        Reading<DataView> data,
        List<Fencing> fences) {

    /**
     * One instance of the façade.
     *
     * @param name of the instance
     * @param seenAt when it last reported
     * @param version of the route that it goes by
     * @param isCurrent whether that is the stored one
     */
    public record Acknowledging(String name, Instant seenAt, long version, boolean isCurrent) {}

    /**
     * The fence at one side.
     *
     * @param side whose
     * @param at when it was looked at
     * @param holes each with the statement that mends it, or why they are not known
     */
    public record Fencing(String side, Instant at, Reading<List<String>> holes) {

        static Fencing of(WatchingFences.Audit audit) {
            return new Fencing(
                    audit.deployable(),
                    audit.at(),
                    audit.holes()
                            .map(holes ->
                                    holes.stream().map(FenceHole::toString).toList()));
        }
    }

    /**
     * The consumers of a feature's topic at one side.
     *
     * @param side whose
     * @param consumers or why they are not known
     */
    public record Consuming(String side, Reading<List<Consumer>> consumers) {}
}
