package dev.strangler.outbox.relay;

import dev.strangler.outbox.relay.RelayedTopics.AppendedVersion;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outbox as the relay's checks see it. */
class PublishedOutbox {

    /** So many aggregates are compared at most; more than that in ten seconds is beyond one database. */
    static final int MOST = 200_000;

    private static final String PUBLICATION_IS_RIGHT = """
            select p.pubinsert and p.pubviaroot and (select count(*) from pg_publication_tables t \
            where t.pubname = p.pubname and t.schemaname = 'strangler' and t.tablename in ('outbox', 'relay_heartbeat')) = 2 \
            from pg_publication p where p.pubname = ?""";
    private static final String NEWEST = """
            select topic, aggregatetype, aggregateid, max(aggregateversion) as version, min(created_at) as oldest \
            from strangler.outbox where lsn >= ?::pg_lsn and lsn < ?::pg_lsn \
            group by topic, aggregatetype, aggregateid order by max(lsn) desc limit ?""";
    /** The rows of a transaction that is still open count from its first insert on, which is where their lsn stands. */
    private static final String OLDEST_UNRELAYED = """
            select extract(epoch from clock_timestamp() - min(created_at)) from strangler.outbox \
            where lsn >= coalesce((select confirmed_flush_lsn from pg_replication_slots where slot_name = ?), '0/0')""";

    private final JdbcTemplate jdbc;

    PublishedOutbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.jdbc.setQueryTimeout(30);
    }

    String database() {
        return String.valueOf(jdbc.queryForObject("select current_database()", String.class));
    }

    /** What is wrong with the publication; empty when it is right. */
    Optional<String> publicationError() {
        var isRight = jdbc.queryForList(PUBLICATION_IS_RIGHT, Boolean.class, RelayConnector.PUBLICATION);
        if (isRight.isEmpty()) {
            return Optional.of(wrong("is missing"));
        }
        return Boolean.TRUE.equals(isRight.get(0))
                ? Optional.empty()
                : Optional.of(
                        wrong("does not publish the inserts of outbox and heartbeat by way of the partition root"));
    }

    private static String wrong(String fact) {
        return "Publication %s %s, so events pass the relay unseen. Make it again: create publication %s for table strangler.outbox, strangler.relay_heartbeat with (publish = 'insert', publish_via_partition_root = true); then run RelayRecovery, since events may have been skipped meanwhile."
                .formatted(RelayConnector.PUBLICATION, fact, RelayConnector.PUBLICATION);
    }

    /** The newest version of each aggregate among the rows written from one position to before another. */
    Passed newestBetween(Lsn from, Lsn before) {
        var versions = new ArrayList<AppendedVersion>();
        var oldest = new ArrayList<Instant>();
        jdbc.query(
                NEWEST,
                row -> {
                    versions.add(new AppendedVersion(
                            row.getString("topic"),
                            row.getString("aggregatetype"),
                            row.getString("aggregateid"),
                            row.getLong("version")));
                    oldest.add(row.getTimestamp("oldest").toInstant());
                },
                from.toString(),
                before.toString(),
                MOST + 1);
        return new Passed(versions, oldest.stream().min(Instant::compareTo).orElse(Instant.EPOCH));
    }

    boolean serverStartedSince(Instant when) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_postmaster_start_time() > ?", Boolean.class, Timestamp.from(when)));
    }

    /** Age of the oldest event that the slot has not passed; zero when it has passed all. */
    Duration oldestUnrelayed(String slot) {
        @Nullable Double seconds = jdbc.queryForObject(OLDEST_UNRELAYED, Double.class, slot);
        return seconds == null ? Duration.ZERO : Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }

    /** What the slot has passed between two looks. */
    record Passed(List<AppendedVersion> versions, Instant oldest) {

        boolean isEmpty() {
            return versions.isEmpty();
        }

        /** Whether there was more than is compared. */
        boolean isCut() {
            return versions.size() > MOST;
        }
    }
}
