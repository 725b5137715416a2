package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.ParityRefused;
import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.Lsn;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One side's state of one feature, through the functions of the scripts {@code V3__parity.sql} and {@code V6__compact_states.sql}. Hashes are of
 * the payload as a document; those called compact are of its own text, and can be compared where both sides have it in the same form.
 */
final class FeatureState {

    private final JdbcClient database;
    private final Feature feature;
    private final String name;
    private final Side side;

    FeatureState(FeatureDatabases databases, Feature feature, Side side) {
        this.database = JdbcClient.create(databases.of(feature, side));
        this.feature = feature;
        this.name = feature.name().value();
        this.side = side;
    }

    /** How many rows a range has, and the sum of their hashes. */
    record Chunk(long rows, BigDecimal hash) {

        static final Chunk EMPTY = new Chunk(0, BigDecimal.ZERO);
    }

    /** What is compared of a row. */
    record Row(long version, long hash) {}

    /** The values of a row at that version, by path. */
    record Leaves(long version, Map<String, @Nullable String> values) {}

    /** A position of the log, and a transaction number that was given away after it: whoever had written before it has a smaller one. */
    record Moment(Lsn lsn, long transaction) {}

    /**
     * What the question finds here.
     *
     * @throws ParityRefused when the database does not answer, or ends the connection
     */
    <T> T answer(Function<FeatureState, T> question) {
        try {
            return question.apply(this);
        } catch (DataAccessResourceFailureException away) {
            throw new ParityRefused(
                    "The %s's database does not answer: %s. Nothing is known from this comparison; start it again once the database is there."
                            .formatted(
                                    side.name().toLowerCase(Locale.ROOT),
                                    away.getMostSpecificCause().getMessage()));
        }
    }

    String shape() {
        return database.sql("select strangler.state_shape(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    /** What the payload is made of; the same on both sides, and equal texts of it mean equal payloads. */
    String form() {
        return database.sql("select strangler.state_form(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    /** The first key of each chunk, in order; the first is ''. */
    List<String> chunks(int rows) {
        return database.sql("select * from strangler.state_chunks(?, ?)")
                .params(name, rows)
                .query(String.class)
                .list();
    }

    /** All rows of a range together. */
    Chunk sum(String since, @Nullable String upto, boolean compact) {
        return database.sql("select row_count, hash from strangler.state_sum(?, ?, ?, ?)")
                .param(name)
                .param(since)
                .param(upto)
                .param(compact)
                .query((row, number) -> new Chunk(row.getLong(1), row.getBigDecimal(2)))
                .single();
    }

    /** The chunks that begin at these keys, by place from 0; empty chunks are missing. */
    Map<Integer, Chunk> sums(List<String> starts, @Nullable String upto, boolean compact) {
        var chunks = new HashMap<Integer, Chunk>();
        database.sql("select chunk - 1, row_count, hash from strangler.state_sums(?, ?, ?, ?)")
                .param(name)
                .param(starts.toArray(String[]::new))
                .param(upto)
                .param(compact)
                .query(row -> {
                    chunks.put(row.getInt(1), new Chunk(row.getLong(2), row.getBigDecimal(3)));
                });
        return chunks;
    }

    Map<String, Row> rows(String since, @Nullable String upto, boolean compact) {
        var rows = new HashMap<String, Row>();
        database.sql("select key, version, hash from strangler.state_rows(?, ?, ?, ?)")
                .param(name)
                .param(since)
                .param(upto)
                .param(compact)
                .query(row -> {
                    rows.put(row.getString(1), row(row));
                });
        return rows;
    }

    /** Those of the keys that there are. */
    Map<String, Row> of(Collection<String> keys) {
        var rows = new HashMap<String, Row>();
        database.sql("select key, version, hash from strangler.state_of(?, ?)")
                .param(name)
                .param(keys.toArray(String[]::new))
                .query(row -> {
                    rows.put(row.getString(1), row(row));
                });
        return rows;
    }

    Map<String, Leaves> leaves(Collection<String> keys) {
        var leaves = new HashMap<String, Leaves>();
        database.sql("select key, version, path, value from strangler.state_leaves(?, ?)")
                .param(name)
                .param(keys.toArray(String[]::new))
                .query(row -> {
                    var version = row.getLong(2);
                    leaves.computeIfAbsent(row.getString(1), key -> new Leaves(version, new TreeMap<>()))
                            .values()
                            .put(row.getString(3), row.getString(4));
                });
        return leaves;
    }

    Moment now() {
        var lsn = database.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
        var transaction = database.sql("select pg_current_xact_id()::text::bigint")
                .query(Long.class)
                .single();
        return new Moment(Lsn.parse(lsn), transaction);
    }

    /** Whether every transaction that had written at that moment is over. */
    boolean isOver(Moment moment) {
        return database.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > ?")
                .param(moment.transaction())
                .query(Boolean.class)
                .single();
    }

    /** Who still writes since before that moment, in words. */
    List<String> stillWriting() {
        return database.sql("""
                        select format('pid %s (%s, %s) since %s', pid, usename, application_name, xact_start)
                          from pg_stat_activity where backend_xid is not null and xact_start is not null
                         order by xact_start limit 3
                        """).query(String.class).list();
    }

    List<String> changedSince(Lsn since) {
        return database.sql("select * from strangler.changed_since(?::pg_lsn, ?)")
                .param(since.toString())
                .param(feature.aggregates().toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(2), row.getLong(3));
    }
}
