package dev.strangler.outbox.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The replication slots of a database server; any role may look. */
public class ReplicationSlots {

    /** By way of jsonb, since {@code invalidation_reason} came with PostgreSQL 17 only. */
    private static final String FIND = """
            select s.slot_name, s.plugin, s.database, s.active, s.wal_status, \
            to_jsonb(s) ->> 'invalidation_reason' as invalidation, \
            s.restart_lsn::text, s.confirmed_flush_lsn::text, s.safe_wal_size, \
            coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint as retained, \
            coalesce(t.total_txns, 0) as decoded \
            from pg_replication_slots s left join pg_stat_replication_slots t using (slot_name) \
            where s.slot_name = ?""";

    private static final int TIME_LIMIT_SECONDS = (int) Duration.ofSeconds(10).toSeconds();

    private final JdbcTemplate jdbc;

    /** Looks through connections of this source, with a time limit of 10 seconds. */
    public ReplicationSlots(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout(TIME_LIMIT_SECONDS);
    }

    /** The slot's state now; empty when there is none of this name. */
    public Optional<SlotState> find(String name) {
        return jdbc.query(FIND, (row, index) -> state(row), name).stream().findFirst();
    }

    private static SlotState state(ResultSet row) throws SQLException {
        var safe = row.getLong("safe_wal_size");
        var isLimited = !row.wasNull();
        return new SlotState(
                row.getString("slot_name"),
                String.valueOf(row.getString("plugin")),
                String.valueOf(row.getString("database")),
                row.getBoolean("active"),
                String.valueOf(row.getString("wal_status")),
                row.getString("invalidation"),
                lsn(row.getString("restart_lsn")),
                lsn(row.getString("confirmed_flush_lsn")),
                row.getLong("retained"),
                isLimited ? safe : null,
                row.getLong("decoded"));
    }

    private static @Nullable Lsn lsn(@Nullable String text) {
        return text == null ? null : Lsn.parse(text);
    }
}
