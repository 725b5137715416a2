package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Fence;
import dev.strangler.cutover.FenceHasMoved;
import dev.strangler.cutover.FenceHeld;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.RefusedWrites;
import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A fence in a side's PostgreSQL, by the functions that {@link SideSchema} puts there. Connects as the owner of the side's database. */
public final class JdbcFence implements Fence {

    private static final Logger log = LoggerFactory.getLogger(JdbcFence.class);

    private static final String HAS_MOVED = "SF002";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration FOR_ANSWERS = Duration.ofSeconds(4);
    /** Less than clients wait for an answer: no statement outlives whoever asked for it. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final String CLOSE = """
            select strangler.fence_close(?, ?, ?, (
                select coalesce(jsonb_agg(jsonb_build_object('topic', topic, 'key', key, 'origin', origin)), '[]')
                  from unnest(?::text[], ?::text[], ?::text[]) as marker (topic, key, origin)))
            """;
    private static final String TRANSACTIONS = "select *, extract(epoch from xact_age) as seconds from strangler.";

    private final FeatureName feature;
    private final JdbcClient database;
    private final JdbcTemplate statements;
    private final TransactionTemplate transaction;

    /** @param owner connects as the owner of the side's database */
    public JdbcFence(FeatureName feature, DataSource owner) {
        this.feature = feature;
        this.database = JdbcClient.create(owner);
        this.statements = new JdbcTemplate(owner);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
    }

    @Override
    public FeatureName feature() {
        return feature;
    }

    @Override
    public FenceState state() {
        return asking(() -> database.sql("select * from strangler.fence_state(?)")
                .param(feature.value())
                .query((row, number) -> state(row))
                .single());
    }

    @Override
    public Lsn close(Epoch expected, OperationId operation, List<Marker> markers, Duration patience) {
        try {
            return asking(() -> transaction.execute(status -> {
                begin(patience);
                return database.sql(CLOSE)
                        .params(feature.value(), expected.value(), operation.value())
                        .params(column(markers, Marker::topic), column(markers, Marker::key))
                        .param(column(markers, Marker::origin))
                        .query((row, number) -> Lsn.parse(row.getString(1)))
                        .single();
            }));
        } catch (FenceHasMoved moved) {
            throw moved;
        } catch (RuntimeException failure) {
            if (hasState(failure, LOCK_NOT_AVAILABLE)) {
                throw new FenceHeld(feature, patience, blockers(), failure);
            }
            settleUnknownOutcome();
            throw failure;
        }
    }

    /** Whether it was committed is not known: what was is then what writers should meet. */
    private void settleUnknownOutcome() {
        try {
            enforce();
        } catch (RuntimeException away) {
            log.warn(
                    "The fence of '{}' may be shut though it was not closed; enforce it when its database answers.",
                    feature,
                    away);
        }
    }

    @Override
    public boolean bar(OperationId operation) {
        return changing(() -> database.sql("select strangler.fence_bar(?, ?)")
                .params(feature.value(), operation.value())
                .query(Boolean.class)
                .single());
    }

    @Override
    public boolean open(Epoch epoch, OperationId operation) {
        return changing(() -> database.sql("select strangler.fence_open(?, ?, ?)")
                .params(feature.value(), epoch.value(), operation.value())
                .query(Boolean.class)
                .single());
    }

    @Override
    public void enforce() {
        changing(() -> database.sql("select strangler.fence_enforce(?)")
                .param(feature.value())
                .query((row, number) -> true)
                .single());
    }

    @Override
    public boolean burn(Epoch epoch, OperationId operation) {
        return changing(() -> database.sql("select strangler.fence_burn(?, ?, ?)")
                .params(feature.value(), epoch.value(), operation.value())
                .query(Boolean.class)
                .single());
    }

    @Override
    public void settle(@Nullable Side owner, Epoch epoch) {
        changing(() -> database.sql("select strangler.fence_settle(?, ?, ?)")
                .param(feature.value())
                .param(owner == null ? null : owner.name())
                .param(epoch.value())
                .query((row, number) -> true)
                .single());
    }

    @Override
    public boolean seal(OperationId operation, Duration patience) {
        try {
            return asking(() -> transaction.execute(status -> {
                begin(patience);
                return database.sql("select strangler.fence_seal(?, ?)")
                        .params(feature.value(), operation.value())
                        .query(Boolean.class)
                        .single();
            }));
        } catch (FenceHasMoved missing) {
            throw missing;
        } catch (RuntimeException failure) {
            if (hasState(failure, LOCK_NOT_AVAILABLE)) {
                throw new FenceHeld(feature, patience, blockers(), failure);
            }
            throw failure;
        }
    }

    @Override
    public List<String> revocations() {
        return asking(() -> database.sql("select r from strangler.fence_seal_revocations(?) r")
                .param(feature.value())
                .query(String.class)
                .list());
    }

    @Override
    public void publish(Marker tracer) {
        changing(() -> database.sql("select strangler.marker(?, ?, ?)")
                .params(tracer.topic(), tracer.key(), tracer.origin())
                .query((row, number) -> true)
                .single());
    }

    @Override
    public List<OpenTransaction> blockers() {
        return asking(() -> database.sql(TRANSACTIONS + "fence_blockers(?)")
                .param(feature.value())
                .query((row, number) -> openTransaction(row))
                .list());
    }

    @Override
    public List<OpenTransaction> transactionsOlderThan(Duration age) {
        return asking(() -> database.sql(TRANSACTIONS + "fence_old_transactions(?, make_interval(secs => ?))")
                .params(feature.value(), age.toMillis() / 1000.0)
                .query((row, number) -> openTransaction(row))
                .list());
    }

    @Override
    public List<FenceHole> audit(Collection<String> tables) {
        return asking(() -> database.sql("select tab, problem from strangler.fence_audit(?, ?)")
                .params(feature.value(), tables.toArray(String[]::new))
                .query((row, number) -> new FenceHole(row.getString("tab"), row.getString("problem")))
                .list());
    }

    @Override
    public Optional<String> blindness() {
        return asking(() -> database.sql("""
                        select format('role %1$s can''t see other roles'' transactions, so nobody would be told who holds the fence up. Run as an administrator: grant pg_read_all_stats to %1$I;',
                                      current_user)
                         where not pg_has_role(current_user, 'pg_read_all_stats', 'usage')
                        """).query(String.class).optional());
    }

    @Override
    public RefusedWrites refusals() {
        return asking(() -> database.sql("select * from strangler.fence_refusals(?)")
                .param(feature.value())
                .query((row, number) -> refusals(row))
                .single());
    }

    private <T> T changing(Supplier<T> statement) {
        return asking(() -> transaction.execute(status -> {
            begin(FOR_ANSWERS);
            return statement.get();
        }));
    }

    private <T> T asking(Supplier<@Nullable T> question) {
        try {
            return Objects.requireNonNull(question.get());
        } catch (DataAccessException failure) {
            if (hasState(failure, HAS_MOVED)) {
                throw new FenceHasMoved(said(failure), failure);
            }
            throw failure;
        }
    }

    /**
     * In one round trip, since writers wait for it. Each statement has to see what was committed while it waited, whatever the pool's default is.
     */
    private void begin(Duration patience) {
        statements.execute(
                "set transaction isolation level read committed; set local lock_timeout = %s; set local statement_timeout = %s"
                        .formatted(
                                Math.max(1, patience.toMillis()),
                                Math.min(
                                        LONGEST.toMillis(),
                                        patience.plus(FOR_ANSWERS).toMillis())));
    }

    private static boolean hasState(RuntimeException failure, String state) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                && state.equals(sql.getSQLState());
    }

    /** Fact and way out, without the server's decoration. */
    private static String said(RuntimeException failure) {
        var lines = String.valueOf(
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .split("\n");
        return Arrays.stream(lines)
                .map(String::strip)
                .filter(line -> line.startsWith("ERROR:") || line.startsWith("Hint:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .collect(Collectors.joining(" "));
    }

    private static String[] column(List<Marker> markers, Function<Marker, String> part) {
        return markers.stream().map(part).toArray(String[]::new);
    }

    private static FenceState state(ResultSet row) throws SQLException {
        var operation = row.getString("op");
        var owner = row.getString("owner");
        var ownerEpoch = row.getObject("owner_epoch", Long.class);
        return new FenceState(
                new FeatureName(row.getString("feature")),
                Side.valueOf(row.getString("side")),
                FenceState.Decision.valueOf(row.getString("state")),
                new Epoch(row.getLong("epoch")),
                new Epoch(row.getLong("burned_epoch")),
                operation == null ? null : new OperationId(operation),
                owner == null ? null : Side.valueOf(owner),
                owner == null || ownerEpoch == null ? null : new Epoch(ownerEpoch),
                row.getBoolean("enforced_open"),
                new Epoch(row.getLong("enforced_epoch")),
                row.getLong("refused"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    static OpenTransaction openTransaction(ResultSet row) throws SQLException {
        return new OpenTransaction(
                row.getObject("pid", Integer.class),
                row.getString("usename"),
                row.getString("application_name"),
                row.getString("client_addr"),
                Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000)),
                row.getString("state"),
                String.valueOf(row.getString("query")));
    }

    private static RefusedWrites refusals(ResultSet row) throws SQLException {
        var at = row.getObject("at", OffsetDateTime.class);
        return new RefusedWrites(
                row.getLong("refused"),
                at == null
                        ? null
                        : new RefusedWrites.Refused(
                                at.toInstant(),
                                row.getString("role"),
                                row.getString("application_name"),
                                row.getString("query")));
    }
}
