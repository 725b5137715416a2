package dev.strangler.outbox.relay;

import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was last seen to be relayed, in the publishing database itself: {@code strangler.relay_ledger}. */
class RelayLedger {

    private static final String FIND =
            "select confirmed_lsn::text, restart_lsn::text, decoded, witnessed_at from strangler.relay_ledger where slot = ?";
    /** Never backwards: two processes may witness at once, and the later state may arrive first. */
    private static final String WITNESS = """
            insert into strangler.relay_ledger as l (slot, confirmed_lsn, restart_lsn, decoded) \
            values (?, ?::pg_lsn, ?::pg_lsn, ?) \
            on conflict (slot) do update set confirmed_lsn = excluded.confirmed_lsn, restart_lsn = excluded.restart_lsn, \
            decoded = excluded.decoded, witnessed_at = now() where l.confirmed_lsn <= excluded.confirmed_lsn""";

    private final JdbcTemplate jdbc;

    RelayLedger(DataSource owner) {
        this.jdbc = new JdbcTemplate(owner);
        this.jdbc.setQueryTimeout(10);
    }

    /** What was witnessed of the slot; empty when nobody ever saw it. */
    Optional<Entry> find(String slot) {
        return jdbc
                .query(
                        FIND,
                        (row, index) -> new Entry(
                                Lsn.parse(row.getString(1)),
                                Lsn.parse(row.getString(2)),
                                row.getLong(3),
                                row.getTimestamp(4).toInstant()),
                        slot)
                .stream()
                .findFirst();
    }

    /** Notes the slot's position as relayed. A lost slot has none and is not noted. */
    void witness(SlotState slot) {
        if (slot.confirmed() != null && slot.restart() != null) {
            jdbc.update(
                    WITNESS,
                    slot.name(),
                    slot.confirmed().toString(),
                    slot.restart().toString(),
                    slot.decoded());
        }
    }

    /**
     * One slot's line.
     *
     * @param confirmed everything committed before it was relayed
     * @param restart everything committed behind {@code confirmed} was written behind this
     * @param decoded transactions decoded so far; falls when the slot is made anew or the server was killed
     * @param witnessedAt when that was
     */
    record Entry(Lsn confirmed, Lsn restart, long decoded, Instant witnessedAt) {}
}
