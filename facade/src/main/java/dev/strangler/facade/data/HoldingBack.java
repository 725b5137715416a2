package dev.strangler.facade.data;

import dev.strangler.cutover.Backfilling.Backpressure;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.SideDatabases;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds a backfill back while the other side is far behind, or the owner keeps much log for its relay. Looks only now and then. */
final class HoldingBack implements Backpressure {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final FeatureMap map;
    private final Consumers consumers;
    private final SideDatabases databases;
    private final DataProperties properties;
    private final Map<Feature, Look> looks = new ConcurrentHashMap<>();

    private record Look(long at, Optional<String> reason) {}

    HoldingBack(FeatureMap map, Consumers consumers, SideDatabases databases, DataProperties properties) {
        this.map = map;
        this.consumers = consumers;
        this.databases = databases;
        this.properties = properties;
    }

    @Override
    public Optional<String> reason(Feature feature, Side owner) {
        var last = looks.get(feature);
        if (last != null && System.nanoTime() - last.at() < BETWEEN_LOOKS.toNanos()) {
            return last.reason();
        }
        var reason = tooFarBehind(feature, owner).or(() -> tooMuchLog(feature, owner));
        looks.put(feature, new Look(System.nanoTime(), reason));
        return reason;
    }

    private Optional<String> tooFarBehind(Feature feature, Side owner) {
        var copy = map.deployable(feature, owner.other()).name();
        var reading = consumers.at(copy, consumers.reach(List.of(feature.topic()))).stream()
                .filter(consumer -> consumer.topic().equals(feature.topic()))
                .toList();
        if (reading.isEmpty()) {
            return Optional.of("nobody at %s reads %s yet".formatted(copy, feature.topic()));
        }
        for (var consumer : reading) {
            if (consumer.behind() == null) {
                return Optional.of("Kafka does not say how far %s is behind".formatted(consumer.consumer()));
            }
            if (consumer.behind() > properties.behind()) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%s is %,d events behind, allowed are %,d",
                        consumer.consumer(),
                        consumer.behind(),
                        properties.behind()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> tooMuchLog(Feature feature, Side owner) {
        var side = map.deployable(feature, owner);
        var retained = JdbcClient.create(databases.of(side.name()))
                .sql("""
                        select coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::bigint
                          from pg_replication_slots where slot_name = ?
                        """)
                .param(side.connector().slot())
                .query(Long.class)
                .optional();
        if (retained.isEmpty()) {
            return Optional.of("the relay of %s is not set up".formatted(side.name()));
        }
        return retained.get() > properties.retained().toBytes()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%s keeps %,d MB of log for its relay, allowed are %,d",
                        side.name(),
                        retained.get() >> 20,
                        properties.retained().toMegabytes()))
                : Optional.empty();
    }
}
