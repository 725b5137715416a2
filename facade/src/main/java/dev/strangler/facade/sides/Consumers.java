package dev.strangler.facade.sides;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the sides have applied the topics: positions from their databases, ends from Kafka. */
public final class Consumers {

    private final SideDatabases databases;
    private final EndOffsets ends;

    public Consumers(SideDatabases databases, EndOffsets ends) {
        this.databases = databases;
        this.ends = ends;
    }

    /**
     * One consumer of one topic.
     *
     * @param side whose database holds its position
     * @param consumer its name
     * @param topic what it reads
     * @param behind records that it has not applied yet; null when Kafka does not say how many there are
     * @param appliedAt when it last applied something, that database's clock
     * @param eventTime when the newest event that it applied occurred
     * @param parkedKeys keys that wait for an operator
     */
    public record Consumer(
            String side,
            String consumer,
            String topic,
            @Nullable Long behind,
            @Nullable Instant appliedAt,
            @Nullable Instant eventTime,
            long parkedKeys) {}

    private record Position(
            String consumer,
            String topic,
            int partition,
            long next,
            @Nullable Instant appliedAt,
            @Nullable Instant eventTime,
            long parkedKeys) {}

    /** How far topics reach, as Kafka said at one moment; nothing when it did not say. */
    public static final class Reach {

        private final @Nullable Map<TopicPartition, Long> ends;

        private Reach(@Nullable Map<TopicPartition, Long> ends) {
            this.ends = ends;
        }
    }

    /** How far these topics reach; ask once for many sides. */
    public Reach reach(List<String> topics) {
        return new Reach(Reading.of(() -> ends.of(topics)).value());
    }

    /** The consumers in that side's database, one per topic that it reads; those that have ended for good are nobody's concern. */
    public List<Consumer> at(String side, Reach reach) {
        var byConsumer = new LinkedHashMap<String, List<Position>>();
        positions(side)
                .forEach(position -> byConsumer
                        .computeIfAbsent(position.consumer() + " " + position.topic(), key -> new ArrayList<>())
                        .add(position));
        return byConsumer.values().stream()
                .map(positions -> consumer(side, positions, reach.ends))
                .toList();
    }

    private List<Position> positions(String side) {
        return JdbcClient.create(databases.of(side))
                .sql("""
                        select p.consumer, p.topic, p.partition, p.next_offset, p.applied_at, p.event_time,
                               (select count(distinct (k.aggregatetype, k.aggregateid)) from strangler.inbox_parked k
                                 where k.consumer = p.consumer and k.topic = p.topic) as parked
                          from strangler.inbox_position p
                         where not exists (select from strangler.inbox_ended e where e.consumer = p.consumer) order by p.consumer, p.topic, p.partition
                        """)
                .query((row, number) -> new Position(
                        row.getString("consumer"),
                        row.getString("topic"),
                        row.getInt("partition"),
                        row.getLong("next_offset"),
                        instant(row, "applied_at"),
                        instant(row, "event_time"),
                        row.getLong("parked")))
                .list();
    }

    private static Consumer consumer(String side, List<Position> positions, @Nullable Map<TopicPartition, Long> ends) {
        var first = positions.get(0);
        return new Consumer(
                side,
                first.consumer(),
                first.topic(),
                ends == null ? null : behind(first.topic(), positions, ends),
                newest(positions.stream().map(Position::appliedAt).toList()),
                newest(positions.stream().map(Position::eventTime).toList()),
                first.parkedKeys());
    }

    private static long behind(String topic, List<Position> positions, Map<TopicPartition, Long> ends) {
        var applied = new LinkedHashMap<Integer, Long>();
        positions.forEach(position -> applied.put(position.partition(), position.next()));
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic))
                .mapToLong(end -> Math.max(
                        0, end.getValue() - applied.getOrDefault(end.getKey().partition(), 0L)))
                .sum();
    }

    private static @Nullable Instant newest(List<@Nullable Instant> times) {
        Instant newest = null;
        for (var time : times) {
            if (time != null && (newest == null || time.isAfter(newest))) {
                newest = time;
            }
        }
        return newest;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
