package dev.strangler.inbox;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The markers that a consumer has passed, in its own database. A marker is a record that tells nothing but that everything before it in its
 * partition has been applied or parked; no handler hears of it.
 */
final class Markers {

    /** The aggregate type of markers. */
    static final String TYPE = "strangler.Marker";

    private static final char SEPARATOR = '#';
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final JdbcTemplate jdbc;
    private final String consumer;

    Markers(JdbcTemplate jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /** Writes them down, one that was passed before with its new time, in the transaction that moves the position over them, and forgets what is older than a day. */
    void pass(List<LogRecord> markers) {
        if (markers.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                """
                insert into strangler.inbox_marker (consumer, topic, partition, marker) values (?, ?, ?, ?)
                on conflict (consumer, topic, partition, marker) do update set applied_at = excluded.applied_at
                """,
                markers.stream()
                        .map(marker -> new Object[] {
                            consumer,
                            marker.partition().topic(),
                            marker.partition().partition(),
                            nameOf(marker.key().id())
                        })
                        .toList());
        jdbc.update(
                "delete from strangler.inbox_marker where applied_at < clock_timestamp() - make_interval(secs => ?)",
                REMEMBERED.toSeconds());
    }

    /** What follows the last # only leads the record into its partition. */
    private static String nameOf(String key) {
        int end = key.lastIndexOf(SEPARATOR);
        return end < 0 ? key : key.substring(0, end);
    }
}
