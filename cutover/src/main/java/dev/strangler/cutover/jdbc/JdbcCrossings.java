package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.StreamAway;
import java.time.Clock;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Markers in the outboxes and inboxes of the sides' databases. */
public final class JdbcCrossings implements Crossings {

    private final FeatureDatabases databases;
    private final BiFunction<Feature, Side, String> origins;
    private final ToIntFunction<String> partitions;
    private final Clock clock;

    /**
     * @param origins under which a side publishes
     * @param partitions how many a topic has; throws when the broker does not say
     */
    public JdbcCrossings(
            FeatureDatabases databases,
            BiFunction<Feature, Side, String> origins,
            ToIntFunction<String> partitions,
            Clock clock) {
        this.databases = databases;
        this.origins = origins;
        this.partitions = partitions;
        this.clock = clock;
    }

    @Override
    public Crossing begin(Feature feature, Direction direction, String name) {
        var count = partitions(feature.topic());
        var origin = origins.apply(feature, direction.from());
        var markers = Marker.forEachPartition(feature.topic(), count, name, origin);
        at(feature, direction.to())
                .sql("delete from strangler.inbox_marker where topic = ? and marker = ?")
                .params(feature.topic(), name)
                .update();
        at(feature, direction.from())
                .sql("select strangler.marker(?, key, ?) from unnest(?::text[]) key")
                .param(feature.topic())
                .param(origin)
                .param(markers.stream().map(Marker::key).toArray(String[]::new))
                .query()
                .listOfRows();
        return new Crossing(feature, direction, name, count, clock.instant());
    }

    private int partitions(String topic) {
        try {
            return partitions.applyAsInt(topic);
        } catch (RuntimeException away) {
            throw new StreamAway(
                    "The broker does not say which partitions %s has (%s), so no marker can be sent. Start the broker, or look at its log."
                            .formatted(topic, away.getMessage()));
        }
    }

    @Override
    public boolean hasArrived(Crossing crossing) {
        var feature = crossing.feature();
        return at(feature, crossing.direction().to())
                .sql("""
                        with keeping as (
                            select distinct consumer from strangler.inbox_consumes where aggregatetype = any (?))
                        select exists (select from keeping) and not exists (
                            select from keeping cross join generate_series(0, ? - 1) as wanted (number)
                             where not exists (
                                select from strangler.inbox_marker m
                                 where m.consumer = keeping.consumer and m.topic = ? and m.partition = wanted.number
                                   and m.marker = ?))
                        """)
                .param(feature.aggregates().toArray(String[]::new))
                .param(crossing.partitions())
                .param(feature.topic())
                .param(crossing.name())
                .query(Boolean.class)
                .single();
    }

    private JdbcClient at(Feature feature, Side side) {
        return JdbcClient.create(databases.of(feature, side));
    }
}
