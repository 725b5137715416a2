package dev.strangler.inbox;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;

/** How far a consumer has applied each partition; in the consumer's own database. */
final class Positions {

    private final JdbcTemplate jdbc;
    private final String consumer;

    Positions(JdbcTemplate jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /** The next offsets to apply; a partition that the consumer has never seen is absent. */
    Map<TopicPartition, Long> read() {
        return read("");
    }

    /** As {@link #read}, holding the rows until the transaction ends, so that nobody moves them. */
    Map<TopicPartition, Long> lock() {
        return read(" order by topic, partition for update");
    }

    private Map<TopicPartition, Long> read(String suffix) {
        var positions = new HashMap<TopicPartition, Long>();
        jdbc.query(
                "select topic, partition, next_offset from strangler.inbox_position where consumer = ?" + suffix,
                row -> {
                    positions.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                },
                consumer);
        return positions;
    }

    /** Holds one position until the transaction ends. */
    void lock(TopicPartition partition) {
        jdbc.query(
                "select next_offset from strangler.inbox_position where consumer = ? and topic = ? and partition = ? for update",
                row -> {},
                consumer,
                partition.topic(),
                partition.partition());
    }

    /** Writes the first position of a partition, unless there is one. */
    void start(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> jdbc.update(
                "insert into strangler.inbox_position (consumer, topic, partition, next_offset) values (?, ?, ?, ?) on conflict do nothing",
                consumer,
                partition.topic(),
                partition.partition(),
                offset));
    }

    /**
     * Moves the positions, if all of them are still where the slices expect them. The rows stay locked until the
     * transaction ends, so no other instance can apply these records meanwhile.
     *
     * @return the highest epochs seen in these partitions so far
     * @throws PositionLost if one has been moved by somebody else
     */
    Map<TopicPartition, Long> advance(List<Slice> slices) {
        int n = slices.size();
        var topics = new String[n];
        var partitions = new Integer[n];
        var expected = new Long[n];
        var next = new Long[n];
        var times = new Timestamp[n];
        for (int i = 0; i < n; i++) {
            var slice = slices.get(i);
            topics[i] = slice.partition().topic();
            partitions[i] = slice.partition().partition();
            expected[i] = slice.expected();
            next[i] = slice.next();
            var time = slice.eventTime();
            times[i] = time == null ? null : Timestamp.from(time);
        }
        var epochs = new HashMap<TopicPartition, Long>(2 * n);
        PreparedStatementCreator update = connection -> {
            var statement = connection.prepareStatement("""
                    update strangler.inbox_position p
                       set next_offset = m.next, event_time = coalesce(m.event_time, p.event_time), applied_at = clock_timestamp()
                      from unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::timestamptz[])
                           as m (topic, partition, expected, next, event_time)
                     where p.consumer = ? and p.topic = m.topic and p.partition = m.partition and p.next_offset = m.expected
                    returning p.topic, p.partition, p.epoch
                    """);
            statement.setArray(1, connection.createArrayOf("text", topics));
            statement.setArray(2, connection.createArrayOf("int4", partitions));
            statement.setArray(3, connection.createArrayOf("int8", expected));
            statement.setArray(4, connection.createArrayOf("int8", next));
            statement.setArray(5, connection.createArrayOf("timestamptz", times));
            statement.setString(6, consumer);
            return statement;
        };
        jdbc.query(update, row -> {
            epochs.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
        });
        int moved = epochs.size();
        if (moved != n) {
            throw new PositionLost("Consumer '%s': %d of %d positions are no longer where this instance left them (%s)."
                    .formatted(consumer, n - moved, n, partitionsOf(slices)));
        }
        return epochs;
    }

    /** Writes down the highest epochs, in the transaction that has {@link #advance advanced} the partitions. */
    void raise(Map<TopicPartition, Long> epochs) {
        epochs.forEach((partition, epoch) -> jdbc.update(
                "update strangler.inbox_position set epoch = ? where consumer = ? and topic = ? and partition = ?",
                epoch,
                consumer,
                partition.topic(),
                partition.partition()));
    }

    private static Collection<TopicPartition> partitionsOf(List<Slice> slices) {
        return slices.stream().map(Slice::partition).toList();
    }
}
