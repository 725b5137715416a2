package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Echoes;
import dev.strangler.outbox.relay.Lsn;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By the replication slots of both sides' databases, which everybody may look at. */
public final class JdbcEchoes implements Echoes {

    private final FeatureName feature;
    private final Map<Side, DataSource> databases;
    private final Map<Side, String> slots;

    /**
     * @param databases of both sides, as their owners
     * @param slots the names of their relays' slots
     */
    public JdbcEchoes(FeatureName feature, Map<Side, DataSource> databases, Map<Side, String> slots) {
        this.feature = feature;
        this.databases = Map.copyOf(databases);
        this.slots = Map.copyOf(slots);
    }

    /** Process ids come round again, but not within the time between two looks of a handover, unless the server was started anew. */
    @Override
    public Optional<String> reader(Side side) {
        var readers = at(side).sql("""
                        select coalesce(active_pid || ' since ' || pg_postmaster_start_time(), '')
                          from pg_replication_slots where slot_name = ?
                        """)
                .param(Sides.of(slots, side))
                .query(String.class)
                .list();
        return readers.isEmpty()
                ? Optional.of("no slot")
                : Optional.of(readers.get(0)).filter(reader -> !reader.isEmpty());
    }

    @Override
    public Lsn end(Side side) {
        return at(side).sql("select pg_current_wal_insert_lsn()::text")
                .query((row, number) -> Lsn.parse(row.getString(1)))
                .single();
    }

    @Override
    public boolean isPast(Side side, Lsn position) {
        return at(side).sql(
                        "select coalesce(bool_and(confirmed_flush_lsn >= ?::pg_lsn), true) from pg_replication_slots where slot_name = ?")
                .params(position.toString(), Sides.of(slots, side))
                .query(Boolean.class)
                .single();
    }

    @Override
    public OptionalLong sayAgain(Side owner, Lsn since) {
        return SayingAgain.since(since, feature, Sides.of(databases, owner));
    }

    private JdbcClient at(Side side) {
        return JdbcClient.create(Sides.of(databases, side));
    }
}
