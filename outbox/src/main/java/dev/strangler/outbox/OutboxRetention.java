package dev.strangler.outbox;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps the outbox's partitions: makes those of the coming days, and drops those that are older than the retention <em>and</em> that
 * the relay's slot has passed. Where the slot is missing or lost nothing is dropped, since those rows are what can be appended again.
 *
 * <p>Safe to run in several processes at once.
 */
public class OutboxRetention {

    private static final Logger log = LoggerFactory.getLogger(OutboxRetention.class);

    private final JdbcTemplate jdbc;
    private final String slot;
    private final Settings settings;

    /**
     * @param owner connects as the owner of the outbox
     * @param slot the relay's slot, {@code strangler_<database>}
     */
    public OutboxRetention(DataSource owner, String slot, Settings settings) {
        this.jdbc = new JdbcTemplate(owner);
        this.slot = slot;
        this.settings = settings;
    }

    /**
     * How long and how far.
     *
     * @param keep rows stay at least this long, also when relayed; longer than it takes to notice a lost slot
     * @param grace how long after its end a day's partition is sealed; longer than most transactions
     * @param daysAhead partitions are there for so many days to come
     */
    public record Settings(Duration keep, Duration grace, int daysAhead) {

        /** A week back, a week ahead. */
        public static final Settings STANDARD = new Settings(Duration.ofDays(7), Duration.ofMinutes(5), 7);
    }

    /** One round; answers which partitions were dropped. */
    public List<String> run() {
        jdbc.queryForObject("select strangler.outbox_prepare(?)", Integer.class, settings.daysAhead());
        var sealed = jdbc.queryForList(
                "select strangler.outbox_seal(make_interval(secs => ?))",
                String.class,
                settings.grace().toSeconds());
        var dropped = jdbc.queryForList(
                "select strangler.outbox_drop(?, make_interval(secs => ?))",
                String.class,
                slot,
                settings.keep().toSeconds());
        if (!sealed.isEmpty() || !dropped.isEmpty()) {
            log.info("Sealed outbox partitions {}, dropped {}", sealed, dropped);
        }
        return dropped;
    }
}
