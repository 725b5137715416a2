package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.workflow.Answers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies rows of {@code strangler.idempotency_key}. An answer is written in the transaction of its command, dated by its begin: so a call
 * starts again from the oldest transaction that the one before may not have seen the end of.
 */
public final class JdbcAnswers implements Answers {

    private static final int BITE = 1_000;
    private static final Instant BEGINNING = Instant.EPOCH;

    private final FeatureName feature;
    private final JdbcClient source;
    private final JdbcClient target;
    private final JdbcTemplate writing;

    /**
     * @param source the database of the side that answered so far
     * @param target the database of the side that is to answer
     */
    public JdbcAnswers(FeatureName feature, DataSource source, DataSource target) {
        this.feature = feature;
        this.source = JdbcClient.create(source);
        this.target = JdbcClient.create(target);
        this.writing = new JdbcTemplate(target);
    }

    private record Key(Instant at, String key) {}

    private record Answer(
            String key, String operation, String fingerprint, int status, String headers, byte[] body, Instant at) {}

    @Override
    public Carried carry(@Nullable Instant since) {
        if (!isThere(source) || !isThere(target)) {
            return new Carried(0, BEGINNING);
        }
        var upTo = oldestUnseen();
        var from = new Key(since == null ? BEGINNING : since, "");
        var carried = 0L;
        var keys = keysAfter(from);
        while (!keys.isEmpty()) {
            requireInterest();
            carried += copy(lacking(keys.stream().map(Key::key).toList()));
            keys = keys.size() < BITE ? List.of() : keysAfter(keys.get(keys.size() - 1));
        }
        return new Carried(carried, upTo);
    }

    /** Whoever asked may have given up meanwhile. */
    private static void requireInterest() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("Copying answers was interrupted; what is copied does no harm.");
        }
    }

    private static boolean isThere(JdbcClient database) {
        return Boolean.TRUE.equals(database.sql("select to_regclass('strangler.idempotency_key') is not null")
                .query(Boolean.class)
                .single());
    }

    /**
     * Whatever is dated before it has been committed, or rolled back. Who can't see when other roles' transactions began knows that of the
     * beginning of time alone, so the next call starts there.
     */
    private Instant oldestUnseen() {
        return source.sql("""
                        select case when pg_has_role(current_user, 'pg_read_all_stats', 'usage')
                                    then coalesce(min(xact_start), clock_timestamp()) - interval '100 milliseconds'
                                    else timestamptz 'epoch' end
                          from pg_stat_activity
                         where datname = current_database() and xact_start is not null
                        """)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    private List<Key> keysAfter(Key last) {
        return source.sql("""
                        select created_at, key from strangler.idempotency_key
                         where feature = ? and status is not null and (created_at, key) > (?, ?)
                         order by created_at, key limit ?
                        """)
                .params(feature.value(), last.at().atOffset(ZoneOffset.UTC), last.key(), BITE)
                .query((row, number) -> new Key(
                        row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("key")))
                .list();
    }

    private List<String> lacking(List<String> keys) {
        var present =
                new HashSet<>(target.sql("select key from strangler.idempotency_key where feature = ? and key = any(?)")
                        .params(feature.value(), keys.toArray(String[]::new))
                        .query(String.class)
                        .list());
        return keys.stream().filter(key -> !present.contains(key)).toList();
    }

    private long copy(List<String> keys) {
        if (keys.isEmpty()) {
            return 0;
        }
        var answers = source.sql("select * from strangler.idempotency_key where feature = ? and key = any(?)")
                .params(feature.value(), keys.toArray(String[]::new))
                .query((row, number) -> answer(row))
                .list();
        writing.batchUpdate("""
                insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, headers, body, created_at)
                values (?, ?, ?, ?, ?, ?::jsonb, ?, ?) on conflict (feature, key) do nothing
                """, answers, answers.size(), (statement, answer) -> {
            statement.setString(1, feature.value());
            statement.setString(2, answer.key());
            statement.setString(3, answer.operation());
            statement.setString(4, answer.fingerprint());
            statement.setInt(5, answer.status());
            statement.setString(6, answer.headers());
            statement.setBytes(7, answer.body());
            statement.setObject(8, answer.at().atOffset(ZoneOffset.UTC));
        });
        return answers.size();
    }

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(
                row.getString("key"),
                row.getString("operation"),
                row.getString("fingerprint"),
                row.getInt("status"),
                row.getString("headers"),
                row.getBytes("body"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
