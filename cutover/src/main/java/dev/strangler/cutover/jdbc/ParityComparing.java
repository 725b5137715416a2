package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Comparing;
import dev.strangler.cutover.workflow.Waiting;
import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares by {@link Parity}; positions are those of the sides' write-ahead logs. */
public final class ParityComparing implements Comparing {

    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Feature feature;
    private final Side owner;
    private final Parity parity;
    private final JdbcClient ownerDatabase;
    private final JdbcClient copyDatabase;
    private final Supplier<Optional<Base>> base;

    /** @param base finds the newest proof for this owner */
    public ParityComparing(
            Feature feature,
            Side owner,
            Parity parity,
            Map<Side, DataSource> databases,
            Supplier<Optional<Base>> base) {
        this.feature = feature;
        this.owner = owner;
        this.parity = parity;
        this.ownerDatabase = JdbcClient.create(Sides.of(databases, owner));
        this.copyDatabase = JdbcClient.create(Sides.of(databases, owner.other()));
        this.base = base;
    }

    @Override
    public Optional<Base> base() {
        return base.get();
    }

    /**
     * Waits until every transaction has ended that wrote something before: it may have rows before the position and commit after it. An id
     * of our own comes after all of theirs; the end of a snapshot need not, since the newest of them may still be running.
     */
    @Override
    public Lsn position() {
        var position = end(ownerDatabase);
        var next = ownerDatabase
                .sql("select pg_current_xact_id()::text")
                .query(String.class)
                .single();
        var isOver = Waiting.REAL.until(
                () -> Boolean.TRUE.equals(ownerDatabase
                        .sql("select pg_snapshot_xmin(pg_current_snapshot()) > ?::xid8")
                        .param(next)
                        .query(Boolean.class)
                        .single()),
                LOOK,
                LONGEST_TRANSACTION);
        if (!isOver) {
            throw new IllegalStateException(
                    "A transaction on the %s's server has written something and not ended for %d s: %s. End it, or wait for it."
                            .formatted(
                                    owner.name().toLowerCase(Locale.ROOT),
                                    LONGEST_TRANSACTION.toSeconds(),
                                    writersBefore(next)));
        }
        return position;
    }

    /** Whoever has an id older than that one; of a prepared transaction there is no process. */
    private String writersBefore(String id) {
        return ownerDatabase
                .sql("""
                        select pid, usename, application_name, client_addr, state, query,
                               extract(epoch from clock_timestamp() - xact_start) as seconds
                          from pg_stat_activity
                         where backend_xid is not null and pid <> pg_backend_pid() and age(backend_xid) > age(?::xid8::xid)
                        union all
                        select null, owner, '', null, 'prepared transaction', gid, extract(epoch from clock_timestamp() - prepared)
                          from pg_prepared_xacts
                         order by seconds desc
                        """)
                .param(id)
                .query((row, number) -> JdbcFence.openTransaction(row).toString())
                .list()
                .stream()
                .collect(Collectors.joining("; "));
    }

    @Override
    public Lsn positionOfCopy() {
        return end(copyDatabase);
    }

    @Override
    public List<String> changedSince(Lsn position) {
        return parity.changedSince(feature, owner, position);
    }

    @Override
    public List<Difference> differences(Collection<String> ids) {
        return parity.compare(feature, owner, ids).discrepancies().stream()
                .map(ParityComparing::difference)
                .toList();
    }

    private static Difference difference(Discrepancy discrepancy) {
        return new Difference(
                discrepancy.key(),
                "%s: version %s at the owner, %s at the other side"
                        .formatted(
                                discrepancy.kind().name().toLowerCase(Locale.ROOT),
                                said(discrepancy.ownerVersion()),
                                said(discrepancy.copyVersion())));
    }

    private static String said(@Nullable Long version) {
        return version == null ? "none" : version.toString();
    }

    private static Lsn end(JdbcClient database) {
        return Lsn.parse(database.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single());
    }
}
