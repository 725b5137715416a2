package dev.strangler.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The records of a consumer that could not be applied, with everything that waits behind them; in the consumer's own database. */
final class Parking {

    private static final int LONGEST_CAUSE = 4000;

    private static final String COLUMNS =
            "topic, partition, \"offset\", aggregatetype, aggregateid, payload, attempts, verdict, "
                    + "array(select h.key from jsonb_each_text(headers) h) as names, array(select h.value from jsonb_each_text(headers) h) as texts";

    private final JdbcTemplate jdbc;
    private final String consumer;
    private final int limit;

    Parking(JdbcTemplate jdbc, String consumer, int limit) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.limit = limit;
    }

    ParkedKeys keys() {
        var keys = new ParkedKeys();
        jdbc.query(
                "select aggregatetype, aggregateid, count(*) from strangler.inbox_parked where consumer = ? group by 1, 2",
                row -> {
                    keys.add(new AggregateKey(row.getString(1), row.getString(2)), row.getInt(3));
                },
                consumer);
        return keys;
    }

    /** A record to be parked. */
    record Entry(LogRecord record, AggregateKey under, String cause, int attempts) {}

    /**
     * Parks those of the records that are not parked yet; others are when a position was moved back.
     *
     * @param already how many are parked
     * @return the ones that were not
     * @throws ParkingFull if there is no room for all of them
     * @throws PlaceTaken if another record is parked in the place of one of them
     */
    List<Entry> park(List<Entry> entries, int already) {
        var fresh = notParkedYet(entries);
        if (!fresh.isEmpty() && already + fresh.size() > limit) {
            throw new ParkingFull(consumer, already, limit);
        }
        insert(fresh);
        return fresh;
    }

    /** A record that is parked. */
    private record Occupant(
            AggregateKey key,
            @Nullable String eventId,
            @Nullable String payload) {

        boolean isSame(LogRecord.Raw record) {
            return Objects.equals(eventId, storable(record.headers().get("id")))
                    && Objects.equals(payload, storable(record.payload()));
        }
    }

    /** Looks first, because a driver that rewrites batches does not tell which rows a conflict has left out. */
    private List<Entry> notParkedYet(List<Entry> entries) {
        var occupants = new HashMap<String, Occupant>();
        jdbc.query(
                "select topic, partition, \"offset\", aggregatetype, aggregateid, headers->>'id', payload from strangler.inbox_parked"
                        + " where consumer = ? and (topic, partition, \"offset\") in (select * from unnest(?::text[], ?::int[], ?::bigint[]))",
                row -> {
                    occupants.put(
                            new TopicPartition(row.getString(1), row.getInt(2)) + "@" + row.getLong(3),
                            new Occupant(
                                    new AggregateKey(row.getString(4), row.getString(5)),
                                    row.getString(6),
                                    row.getString(7)));
                },
                consumer,
                entries.stream()
                        .map(entry -> entry.record().partition().topic())
                        .toArray(String[]::new),
                entries.stream()
                        .map(entry -> entry.record().partition().partition())
                        .toArray(Integer[]::new),
                entries.stream().map(entry -> entry.record().offset()).toArray(Long[]::new));
        return entries.stream()
                .filter(entry -> isFresh(
                        entry.record(),
                        occupants.get(entry.record().partition() + "@"
                                + entry.record().offset())))
                .toList();
    }

    private boolean isFresh(LogRecord record, @Nullable Occupant occupant) {
        if (occupant != null && !occupant.isSame(record.raw())) {
            throw new PlaceTaken(consumer, record, occupant.key());
        }
        return occupant == null;
    }

    private void insert(List<Entry> entries) {
        jdbc.batchUpdate("""
                insert into strangler.inbox_parked
                       (consumer, topic, partition, "offset", aggregatetype, aggregateid, headers, payload, cause, attempts)
                values (?, ?, ?, ?, ?, ?, jsonb_object(?::text[], ?::text[]), ?, ?, ?)
                """, entries, 200, (statement, entry) -> {
            var record = entry.record();
            var headers = new LinkedHashMap<>(record.raw().headers());
            if (isAltered(record.raw().payload()) || headers.values().stream().anyMatch(Parking::isAltered)) {
                headers.put(Reading.ALTERED, "NUL characters are shown as \u2400");
            }
            statement.setString(1, consumer);
            statement.setString(2, record.partition().topic());
            statement.setInt(3, record.partition().partition());
            statement.setLong(4, record.offset());
            statement.setString(5, entry.under().type());
            statement.setString(6, entry.under().id());
            statement.setArray(
                    7,
                    statement
                            .getConnection()
                            .createArrayOf("text", storable(headers.keySet().toArray(String[]::new))));
            statement.setArray(
                    8,
                    statement
                            .getConnection()
                            .createArrayOf("text", storable(headers.values().toArray(String[]::new))));
            statement.setString(9, storable(record.raw().payload()));
            statement.setString(10, shortened(entry.cause()));
            statement.setInt(11, entry.attempts());
        });
    }

    /**
     * The first record of each key for which an operator has given a verdict, in the order of the log; at most so many.
     *
     * @param partitions where it lies
     * @param except keys that are left out
     */
    List<ParkedRecord> judged(Collection<TopicPartition> partitions, Collection<AggregateKey> except, int most) {
        return jdbc.query(
                "select " + COLUMNS
                        + " from (select distinct on (aggregatetype, aggregateid) * from strangler.inbox_parked"
                        + " where consumer = ? order by aggregatetype, aggregateid, topic, partition, \"offset\") head"
                        + " where verdict is not null and (topic, partition) in (select * from unnest(?::text[], ?::int[]))"
                        + " and (aggregatetype, aggregateid) not in (select * from unnest(?::text[], ?::text[]))"
                        + " order by topic, partition, \"offset\" limit ?",
                Parking::read,
                consumer,
                partitions.stream().map(TopicPartition::topic).toArray(String[]::new),
                partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new),
                except.stream().map(AggregateKey::type).toArray(String[]::new),
                except.stream().map(AggregateKey::id).toArray(String[]::new),
                most);
    }

    /** The first record of a key. */
    Optional<ParkedRecord> head(AggregateKey key) {
        return jdbc
                .query(
                        "select " + COLUMNS
                                + " from strangler.inbox_parked where consumer = ? and aggregatetype = ? and aggregateid = ?"
                                + " order by topic, partition, \"offset\" limit 1",
                        Parking::read,
                        consumer,
                        key.type(),
                        key.id())
                .stream()
                .findFirst();
    }

    /**
     * Takes a record out, and asks for the next one of its key to be tried.
     *
     * @throws PositionLost if it is not parked any more
     */
    void release(ParkedRecord parked) {
        int released = jdbc.update(
                "delete from strangler.inbox_parked where consumer = ? and topic = ? and partition = ? and \"offset\" = ?",
                consumer,
                parked.partition().topic(),
                parked.partition().partition(),
                parked.offset());
        if (released != 1) {
            throw new PositionLost("Consumer '%s': parked record %s@%d was taken out by somebody else meanwhile."
                    .formatted(consumer, parked.partition(), parked.offset()));
        }
        jdbc.update("""
                update strangler.inbox_parked p set verdict = coalesce(p.verdict, 'RETRY')
                  from (select topic, partition, "offset" from strangler.inbox_parked
                         where consumer = ? and aggregatetype = ? and aggregateid = ?
                         order by topic, partition, "offset" limit 1) next
                 where p.consumer = ? and p.topic = next.topic and p.partition = next.partition and p."offset" = next."offset"
                """, consumer, parked.key().type(), parked.key().id(), consumer);
    }

    /** Keeps a record that is about to be {@link #release released} unapplied. */
    void remember(ParkedRecord skipped) {
        jdbc.update(
                """
                insert into strangler.inbox_skipped
                       (consumer, topic, partition, "offset", aggregatetype, aggregateid, headers, payload, cause, attempts, parked_at)
                select consumer, topic, partition, "offset", aggregatetype, aggregateid, headers, payload, cause, attempts, parked_at
                  from strangler.inbox_parked
                 where consumer = ? and topic = ? and partition = ? and "offset" = ?
                on conflict do nothing
                """, consumer, skipped.partition().topic(), skipped.partition().partition(), skipped.offset());
    }

    /** Writes down that a retry has failed; the key stays parked until the next verdict. */
    void failed(ParkedRecord parked, String cause) {
        jdbc.update(
                """
                update strangler.inbox_parked set cause = ?, attempts = attempts + 1, verdict = null
                 where consumer = ? and topic = ? and partition = ? and "offset" = ?
                """,
                shortened(cause),
                consumer,
                parked.partition().topic(),
                parked.partition().partition(),
                parked.offset());
    }

    private static ParkedRecord read(ResultSet row, int number) throws SQLException {
        var partition = new TopicPartition(row.getString("topic"), row.getInt("partition"));
        var key = new AggregateKey(row.getString("aggregatetype"), row.getString("aggregateid"));
        var names = (String[]) row.getArray("names").getArray();
        var texts = (String[]) row.getArray("texts").getArray();
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            headers.put(names[i], texts[i]);
        }
        var record = Reading.reread(partition, row.getLong("offset"), key.id(), headers, row.getString("payload"));
        var verdict = row.getString("verdict");
        return new ParkedRecord(
                key, record, row.getInt("attempts"), verdict == null ? null : ParkedRecord.Verdict.valueOf(verdict));
    }

    /** What went wrong with the record; what an operator has to know first comes first. */
    static String causeOf(LogRecord record, Failure kind, Throwable failure) {
        var event = record.event();
        return kind == Failure.FOREIGN && event != null
                ? "This side owns %s %s, and '%s' decides about it under epoch %d: only the owner may. Skip it, and find who publishes that.\n%s"
                        .formatted(
                                event.aggregateType(),
                                event.aggregateId(),
                                event.origin(),
                                event.epoch(),
                                causeOf(failure))
                : causeOf(failure);
    }

    /** What went wrong, from the outside in. */
    static String causeOf(Throwable failure) {
        var lines = new ArrayList<String>();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            lines.add(cause.getClass().getName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
        }
        return String.join("\ncaused by ", lines);
    }

    private static String shortened(String cause) {
        var storable = cause.replace('\0', '\u2400');
        return storable.length() <= LONGEST_CAUSE ? storable : storable.substring(0, LONGEST_CAUSE) + "…";
    }

    /** PostgreSQL's text holds no NUL; a record that has one is unreadable anyway, and shown with the symbol for it. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\u2400');
    }

    private static boolean isAltered(@Nullable String text) {
        return text != null && text.indexOf('\0') >= 0;
    }

    private static String[] storable(String[] texts) {
        for (int i = 0; i < texts.length; i++) {
            texts[i] = texts[i].replace('\0', '\u2400');
        }
        return texts;
    }
}
