package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Proof;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.Verification;
import dev.strangler.outbox.relay.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The comparisons in the façade's database: a row each, and a row per discrepancy. */
public final class JdbcProofs implements Proofs {

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final double silence;

    /** @param silence after so long without a word an instance is taken for dead, and its comparison for failed */
    public JdbcProofs(JdbcClient database, TransactionOperations transactions, Duration silence) {
        this.database = database;
        this.transactions = transactions;
        this.silence = silence.toMillis() / 1000.0;
    }

    @Override
    public Begun begin(FeatureName feature, Side owner, String who) {
        return Objects.requireNonNull(transactions.execute(status -> {
            // Two operators at once: the second waits here and finds what the first began.
            database.sql("select pg_advisory_xact_lock(hashtext('strangler.proof'), hashtext(?))")
                    .param(feature.value())
                    .query()
                    .listOfRows();
            database.sql("""
                            update proof set state = 'FAILED', trouble = 'The instance that was at it is gone. Ask again.'
                             where feature = ? and state = 'RUNNING' and heard_at < clock_timestamp() - make_interval(secs => ?)
                            """).params(feature.value(), silence).update();
            var newest = newestVerification(feature);
            if (newest.isPresent() && newest.get().state() == Verification.State.RUNNING) {
                return new Begun(newest.get(), false);
            }
            return new Begun(
                    database.sql("insert into proof (feature, owner, who) values (?, ?, ?) returning *")
                            .params(feature.value(), owner.name(), who)
                            .query((row, number) -> verification(row))
                            .single(),
                    true);
        }));
    }

    @Override
    public void progress(long number, long compared, long total) {
        database.sql("""
                        update proof set compared = ?, total = ?, heard_at = clock_timestamp()
                         where number = ? and state = 'RUNNING'
                        """).params(compared, total, number).update();
    }

    @Override
    public void repaired(long number, long said) {
        database.sql("update proof set repaired = ? where number = ? and state = 'RUNNING'")
                .params(said, number)
                .update();
    }

    @Override
    public void finish(long number, Parity.Result result) {
        transactions.executeWithoutResult(status -> {
            var proof = result.proof();
            database.sql("""
                            update proof set state = 'DONE', verdict = ?, rows = ?, discrepancies = ?, in_flight = ?,
                                   since_lsn = ?::pg_lsn, shape = ?, read_at = ?, known_at = ?, compared = ?, total = ?, trouble = ?
                             where number = ? and state = 'RUNNING'
                            """)
                    .param(proof.verdict().name())
                    .param(proof.rows())
                    .param(proof.discrepancies())
                    .param(proof.inFlight())
                    .param(proof.since().toString())
                    .param(proof.shape())
                    .param(utc(proof.startedAt()))
                    .param(utc(proof.finishedAt()))
                    .param(proof.rows())
                    .param(proof.rows())
                    .param(result.trouble())
                    .param(number)
                    .update();
            result.discrepancies().stream().limit(MOST_DISCREPANCIES).forEach(found -> insert(number, found));
        });
    }

    @Override
    public void fail(long number, String trouble) {
        database.sql("update proof set state = 'FAILED', trouble = ? where number = ? and state = 'RUNNING'")
                .params(trouble, number)
                .update();
    }

    @Override
    public Optional<Verification> newestVerification(FeatureName feature) {
        return database.sql("select * from proof where feature = ? order by number desc limit 1")
                .param(feature.value())
                .query((row, number) -> verification(row))
                .optional();
    }

    @Override
    public Optional<Proof> newest(FeatureName feature) {
        return database.sql("select * from proof where feature = ? and state = 'DONE' order by number desc limit 1")
                .param(feature.value())
                .query((row, number) -> proof(row))
                .optional();
    }

    @Override
    public List<Discrepancy> discrepancies(long number) {
        return database.sql("select * from discrepancy where proof = ? order by key collate \"C\"")
                .param(number)
                .query((row, place) -> discrepancy(row))
                .list();
    }

    private void insert(long number, Discrepancy found) {
        database.sql("""
                        insert into discrepancy (proof, key, kind, owner_version, copy_version, paths, owner_values, copy_values)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(number)
                .param(found.key())
                .param(found.kind().name())
                .param(found.ownerVersion())
                .param(found.copyVersion())
                .param(texts(found, Discrepancy.Field::path))
                .param(texts(found, Discrepancy.Field::owner))
                .param(texts(found, Discrepancy.Field::copy))
                .update();
    }

    private static @Nullable String[] texts(Discrepancy found, Function<Discrepancy.Field, @Nullable String> part) {
        var texts = new @Nullable String[found.fields().size()];
        for (var place = 0; place < texts.length; place++) {
            texts[place] = part.apply(found.fields().get(place));
        }
        return texts;
    }

    private static Discrepancy discrepancy(ResultSet row) throws SQLException {
        var paths = (String[]) row.getArray("paths").getArray();
        var owner = (@Nullable String[]) row.getArray("owner_values").getArray();
        var copy = (@Nullable String[]) row.getArray("copy_values").getArray();
        var fields = new ArrayList<Discrepancy.Field>();
        for (var place = 0; place < paths.length; place++) {
            fields.add(new Discrepancy.Field(paths[place], owner[place], copy[place]));
        }
        return new Discrepancy(
                row.getString("key"),
                Discrepancy.Kind.valueOf(row.getString("kind")),
                row.getObject("owner_version", Long.class),
                row.getObject("copy_version", Long.class),
                fields);
    }

    private static Verification verification(ResultSet row) throws SQLException {
        var state = Verification.State.valueOf(row.getString("state"));
        return new Verification(
                row.getLong("number"),
                new FeatureName(row.getString("feature")),
                Side.valueOf(row.getString("owner")),
                row.getString("who"),
                state,
                instant(row, "started_at"),
                row.getLong("compared"),
                row.getLong("total"),
                row.getLong("repaired"),
                row.getString("trouble"),
                state == Verification.State.DONE ? proof(row) : null);
    }

    private static Proof proof(ResultSet row) throws SQLException {
        return new Proof(
                new FeatureName(row.getString("feature")),
                Side.valueOf(row.getString("owner")),
                Proof.Verdict.valueOf(row.getString("verdict")),
                row.getLong("rows"),
                row.getLong("discrepancies"),
                row.getLong("in_flight"),
                Lsn.parse(row.getString("since_lsn")),
                row.getString("shape"),
                instant(row, "read_at"),
                instant(row, "known_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
