package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Backfills;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The backfills in the façade's database, a row each. */
public final class JdbcBackfills implements Backfills {

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final double silence;

    /** @param silence after so long without a word an instance is taken for dead, and another may go on */
    public JdbcBackfills(JdbcClient database, TransactionOperations transactions, Duration silence) {
        this.database = database;
        this.transactions = transactions;
        this.silence = silence.toMillis() / 1000.0;
    }

    @Override
    public Backfill begin(FeatureName feature, Side owner, String who, long total) {
        return Objects.requireNonNull(transactions.execute(status -> {
            // Two operators at once: the second waits here and finds what the first began.
            database.sql("select pg_advisory_xact_lock(hashtext('strangler.backfill'), hashtext(?))")
                    .param(feature.value())
                    .query()
                    .listOfRows();
            var newest = newest(feature);
            if (newest.isPresent() && newest.get().state().isOpen()) {
                return newest.get();
            }
            if (newest.isPresent()
                    && newest.get().state() == Backfill.State.FAILED
                    && newest.get().owner() == owner) {
                return reopened(newest.get(), total);
            }
            return database.sql("insert into backfill (feature, owner, who, total) values (?, ?, ?, ?) returning *")
                    .params(feature.value(), owner.name(), who, total)
                    .query((row, number) -> backfill(row))
                    .single();
        }));
    }

    @Override
    public Optional<Backfill> newest(FeatureName feature) {
        return database.sql("select * from backfill where feature = ? order by number desc limit 1")
                .param(feature.value())
                .query((row, number) -> backfill(row))
                .optional();
    }

    @Override
    public List<Backfill> abandoned() {
        return database.sql("""
                        select * from backfill where state in ('RUNNING', 'SETTLING')
                           and (instance is null or moved_at < clock_timestamp() - make_interval(secs => ?)) order by number
                        """)
                .param(silence)
                .query((row, number) -> backfill(row))
                .list();
    }

    @Override
    public Optional<Backfill> claim(long number, String instance) {
        return database.sql("""
                        update backfill set instance = ?, moved_at = clock_timestamp()
                         where number = ? and state in ('RUNNING', 'SETTLING')
                           and (instance is null or moved_at < clock_timestamp() - make_interval(secs => ?)) returning *
                        """)
                .params(instance, number, silence)
                .query((row, place) -> backfill(row))
                .optional();
    }

    @Override
    public Optional<Backfill> advance(Backfill before, String instance, String lastKey, long appended) {
        return database.sql("""
                        update backfill set last_key = ?, appended = appended + ?, moved_at = clock_timestamp(), waiting = null
                         where number = ? and instance = ? and state = 'RUNNING' and last_key = ? returning *
                        """)
                .params(lastKey, appended, before.number(), instance, before.lastKey())
                .query((row, number) -> backfill(row))
                .optional();
    }

    @Override
    public Optional<Backfill> waiting(Backfill before, String instance, String reason) {
        return database.sql("""
                        update backfill set waiting = ?, moved_at = clock_timestamp()
                         where number = ? and instance = ? and state = ? returning *
                        """)
                .params(reason, before.number(), instance, before.state().name())
                .query((row, number) -> backfill(row))
                .optional();
    }

    @Override
    public Optional<Backfill> move(Backfill before, String instance, Backfill.State next) {
        return database.sql("""
                        update backfill set state = ?, moved_at = clock_timestamp(), waiting = null,
                               finished_at = case when ? then null else clock_timestamp() end
                         where number = ? and instance = ? and state = ? returning *
                        """)
                .params(
                        next.name(),
                        next.isOpen(),
                        before.number(),
                        instance,
                        before.state().name())
                .query((row, number) -> backfill(row))
                .optional();
    }

    @Override
    public void fail(Backfill before, String instance, String trouble) {
        database.sql("""
                        update backfill set state = 'FAILED', trouble = ?, finished_at = clock_timestamp(), waiting = null
                         where number = ? and instance = ? and state in ('RUNNING', 'SETTLING')
                        """).params(trouble, before.number(), instance).update();
    }

    /** Goes on behind the last key, whatever failed. */
    private Backfill reopened(Backfill failed, long total) {
        return database.sql("""
                        update backfill set state = 'RUNNING', instance = null, trouble = null, finished_at = null, total = ?
                         where number = ? returning *
                        """)
                .params(total, failed.number())
                .query((row, number) -> backfill(row))
                .single();
    }

    private static Backfill backfill(ResultSet row) throws SQLException {
        var finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new Backfill(
                row.getLong("number"),
                new FeatureName(row.getString("feature")),
                Side.valueOf(row.getString("owner")),
                row.getString("who"),
                Backfill.State.valueOf(row.getString("state")),
                row.getString("last_key"),
                row.getLong("appended"),
                row.getLong("total"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("moved_at", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                row.getString("waiting"),
                row.getString("trouble"));
    }
}
