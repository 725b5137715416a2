package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceHeld;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Echoes;
import dev.strangler.outbox.relay.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** By the replication slots of both sides' databases, which everybody may look at. */
public final class JdbcEchoes implements Echoes {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int ATTEMPTS = 5;
    /** New writers queue behind each attempt. */
    private static final Duration ATTEMPT = Duration.ofMillis(200);

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
    public long sayAgain(Side owner, Lsn since) {
        for (var attempt = 1; ; attempt++) {
            try {
                return said(owner, since);
            } catch (DataAccessException failure) {
                if (!isHeld(failure)) {
                    throw failure;
                }
                if (attempt == ATTEMPTS) {
                    throw new FenceHeld(feature, ATTEMPT, List.of(), failure);
                }
            }
        }
    }

    private long said(Side owner, Lsn since) {
        var database = Sides.of(databases, owner);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        Long said = transaction.execute(status -> {
            new JdbcTemplate(database)
                    .execute("set transaction isolation level read committed; set local lock_timeout = "
                            + ATTEMPT.toMillis());
            return JdbcClient.create(database)
                    .sql("select strangler.say_again(?, ?::pg_lsn)")
                    .params(feature.value(), since.toString())
                    .query(Long.class)
                    .single();
        });
        return said == null ? 0 : said;
    }

    private static boolean isHeld(DataAccessException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }

    private JdbcClient at(Side side) {
        return JdbcClient.create(Sides.of(databases, side));
    }
}
