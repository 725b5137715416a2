package dev.strangler.cutover.jdbc;

import static dev.strangler.cutover.jdbc.FencedFeature.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FenceHeld;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OperationId;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** What every fence holds, at whatever isolation level the writers work. */
@WithInfrastructure
abstract class FenceContract {

    private Database database;

    /** As {@link Connection} counts them. */
    abstract int isolation();

    @BeforeEach
    void find(Infrastructure infrastructure) {
        database = infrastructure.database();
    }

    @Test
    void a_closed_side_refuses_every_kind_of_write() throws SQLException {
        var feature = FencedFeature.closed(database);
        var table = feature.table;
        for (var write : List.of(
                feature.insert(),
                "update %s set name = 'other'".formatted(table),
                "update %s set name = 'other' where id < 0".formatted(table),
                "delete from " + table,
                "truncate " + table,
                "insert into %s (id, name) overriding system value values (1, 'x') on conflict (id) do update set name = 'x'"
                        .formatted(table),
                "merge into %s t using (values (1)) v (id) on t.id = v.id when matched then update set name = 'x'"
                        .formatted(table),
                "with gone as (delete from %s returning *) select count(*) from gone".formatted(table),
                feature.event())) {
            try (var writer = feature.connect(isolation());
                    var statement = writer.createStatement()) {
                assertFenced(() -> statement.execute(write));
            }
        }
        try (var writer = feature.connect(isolation())) {
            var copy = writer.unwrap(PGConnection.class).getCopyAPI();
            assertFenced(() -> copy.copyIn("copy %s (name) from stdin".formatted(table), new StringReader("x\n")));
        }
        assertThat(feature.rows()).isEqualTo(1);
        assertThat(feature.events()).isZero();
        assertThat(feature.fence.refusals().count()).isEqualTo(10);
    }

    @Test
    void an_open_side_lets_everybody_write_but_the_applier() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(isolation())) {
            run(writer, feature.insert());
            run(writer, feature.event());
            writer.commit();
        }
        assertThat(feature.rows()).isEqualTo(2);
        for (var write : List.of(feature.insert(), feature.event(), "delete from " + feature.table)) {
            try (var applier = feature.connect(isolation())) {
                run(applier, "grant insert on strangler.outbox to " + database.applier());
                run(applier, "set local role " + database.applier());
                assertRefused("SF003", () -> run(applier, write));
            }
        }
        assertThat(feature.rows()).isEqualTo(2);
    }

    @Test
    void a_closed_side_lets_only_the_applier_write_and_nobody_publish() throws SQLException {
        var feature = FencedFeature.closed(database);
        try (var applier = feature.connect(isolation())) {
            run(applier, "set local role " + database.applier());
            run(applier, feature.insert());
            run(applier, "insert into %s values (1, 'x')".formatted(feature.partitioned));
            applier.commit();
            run(applier, "grant insert on strangler.outbox to " + database.applier());
            run(applier, "set local role " + database.applier());
            assertFenced(() -> run(applier, feature.event()));
        }
        assertThat(feature.rows()).isEqualTo(2);
    }

    /** A trigger that reads a row would see the world as it was when the transaction began. */
    @Test
    void a_transaction_that_looked_before_the_close_and_writes_after_it_is_refused() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(isolation())) {
            run(writer, "select * from " + feature.table);
            run(writer, "select * from strangler.fence");
            feature.close(0);
            assertFenced(() -> run(writer, feature.insert()));
        }
        try (var writer = feature.connect(isolation())) {
            run(writer, "select * from strangler.fence");
            feature.open(1);
            feature.close(1);
            assertFenced(() -> run(writer, feature.event()));
        }
        assertThat(feature.rows()).isEqualTo(1);
    }

    /** What makes the marker a proof: it is committed behind everything that was let in. */
    @Test
    void closing_waits_for_a_writer_in_flight_and_the_marker_is_committed_behind_it() throws Exception {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(isolation())) {
            run(writer, feature.insert());
            var closing = CompletableFuture.runAsync(() -> feature.fence.close(
                    Epoch.FIRST,
                    new OperationId("drain"),
                    List.of(Marker.in("things.v1", 0, 1, feature.name + "-drain", "test")),
                    PATIENCE));
            await().until(feature::isClosingWaiting);
            assertThat(feature.fence.blockers())
                    .singleElement()
                    .satisfies(blocker -> assertThat(blocker.query()).isEqualTo(feature.insert()));
            run(writer, feature.event());
            assertThat(markers(feature)).isZero();
            assertThat(closing).isNotDone();
            writer.commit();
            closing.get(10, TimeUnit.SECONDS);
        }
        assertThat(feature.rows()).isEqualTo(2);
        assertThat(feature.events()).isEqualTo(1);
        assertThat(markers(feature)).isEqualTo(1);
    }

    @Test
    void who_comes_while_closing_waits_is_refused_once_it_has_closed() throws Exception {
        var feature = FencedFeature.open(database);
        try (var early = feature.connect(isolation());
                var late = feature.connect(isolation())) {
            run(early, feature.insert());
            run(late, "select * from " + feature.table);
            var closing = CompletableFuture.runAsync(() -> feature.close(0));
            await().until(feature::isClosingWaiting);
            var writing = CompletableFuture.runAsync(() -> assertFenced(() -> run(late, feature.insert())));
            early.commit();
            closing.get(10, TimeUnit.SECONDS);
            writing.get(10, TimeUnit.SECONDS);
        }
        assertThat(feature.rows()).isEqualTo(2);
    }

    @Test
    void a_writer_that_does_not_end_is_named_and_the_others_go_on() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(isolation())) {
            run(writer, "set application_name = 'nightly batch'");
            run(writer, feature.insert());
            assertThatThrownBy(() -> feature.fence.close(
                            Epoch.FIRST, new OperationId("impatient"), List.of(), Duration.ofMillis(100)))
                    .isInstanceOf(FenceHeld.class)
                    .hasMessageContainingAll(
                            "not ended after 100 ms",
                            "nightly batch",
                            "idle in transaction",
                            feature.insert(),
                            "select pg_terminate_backend(");
            assertThat(feature.fence.state().isOpen()).isTrue();
            assertThat(feature.fence.state().isEnforced()).isTrue();
            try (var other = feature.connect(isolation())) {
                run(other, feature.insert());
                other.commit();
            }
            writer.commit();
        }
        feature.close(0);
        assertThat(feature.rows()).isEqualTo(3);
    }

    @Test
    void what_a_savepoint_took_back_holds_nothing_up_and_is_not_let_in_again() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(isolation())) {
            run(writer, "select 1");
            var savepoint = writer.setSavepoint();
            run(writer, feature.insert());
            writer.rollback(savepoint);
            feature.close(0);
            assertFenced(() -> run(writer, feature.insert()));
        }
        assertThat(feature.rows()).isEqualTo(1);
    }

    @Test
    void a_refusal_behind_a_savepoint_leaves_the_rest_of_the_transaction_alone() throws SQLException {
        var feature = FencedFeature.closed(database);
        var other = FencedFeature.open(database);
        try (var writer = feature.connect(isolation())) {
            run(writer, other.insert());
            var savepoint = writer.setSavepoint();
            assertFenced(() -> run(writer, feature.insert()));
            writer.rollback(savepoint);
            writer.commit();
        }
        assertThat(other.rows()).isEqualTo(2);
        assertThat(feature.rows()).isEqualTo(1);
    }

    @Test
    void a_prepared_statement_is_checked_each_time_it_runs() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(isolation());
                var statement = writer.prepareStatement("insert into %s (name) values (?)".formatted(feature.table))) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
            for (int times = 0; times < 10; times++) {
                statement.setString(1, "prepared");
                statement.execute();
                writer.commit();
            }
            feature.close(0);
            assertFenced(statement::execute);
            writer.rollback();
            feature.open(1);
            statement.execute();
            writer.commit();
        }
        assertThat(feature.rows()).isEqualTo(12);
    }

    @Test
    void a_batch_is_refused_as_a_whole() throws SQLException {
        var feature = FencedFeature.closed(database);
        try (var writer = feature.connect(isolation());
                var statement = writer.prepareStatement("insert into %s (name) values (?)".formatted(feature.table))) {
            for (int row = 0; row < 100; row++) {
                statement.setString(1, "row " + row);
                statement.addBatch();
            }
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .hasMessageContaining("closed for writing");
        }
        assertThat(feature.rows()).isEqualTo(1);
    }

    @Test
    void a_pool_that_commits_each_statement_is_refused_from_the_next_one_on() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.username());
            pool.setPassword(database.password());
            pool.setMaximumPoolSize(2);
            pool.setTransactionIsolation(Integer.toString(isolation()));
            for (int times = 0; times < 6; times++) {
                statement(pool, feature.insert());
            }
            feature.close(0);
            assertFenced(() -> statement(pool, feature.insert()));
            assertFenced(() -> statement(pool, feature.insert()));
            feature.open(1);
            statement(pool, feature.insert());
        }
        assertThat(feature.rows()).isEqualTo(8);
    }

    @Test
    void a_partition_is_fenced_whether_it_is_named_or_not() throws SQLException {
        var feature = FencedFeature.closed(database);
        for (var table : List.of(feature.partitioned, feature.partition)) {
            try (var writer = feature.connect(isolation())) {
                assertFenced(() -> run(writer, "insert into %s values (1, 'x')".formatted(table)));
            }
        }
    }

    @Test
    void a_detour_by_view_function_or_foreign_key_meets_the_fence() throws SQLException {
        var feature = FencedFeature.open(database);
        var table = feature.table;
        feature.execute("create view view_of_%1$s as select * from %1$s", table);
        feature.execute(
                "create function write_%1$s() returns void language sql security definer as $$ insert into %1$s (name) values ('f') $$",
                table);
        feature.execute(
                "create table child_of_%1$s (parent int references %1$s on delete cascade); select strangler.fence_table('%2$s', 'child_of_%1$s')",
                table, feature.name);
        feature.execute("insert into child_of_%s values (1)", table);
        feature.close(0);
        for (var detour : List.of(
                "insert into view_of_%s (name) values ('v')".formatted(table),
                "select write_%s()".formatted(table),
                "delete from child_of_%s".formatted(table))) {
            try (var writer = feature.connect(isolation())) {
                assertFenced(() -> run(writer, detour));
            }
        }
        try (var applier = feature.connect(isolation())) {
            run(applier, "set local role " + database.applier());
            run(applier, "delete from " + table);
            applier.commit();
        }
        assertThat(feature.rows()).isZero();
    }

    @Test
    void under_load_nothing_is_committed_between_closing_and_opening() throws Exception {
        var feature = FencedFeature.open(database);
        try (var writers = new FencedWriters(feature, isolation(), 6)) {
            for (long epoch = 0; epoch < 12; epoch++) {
                writers.awaitCommits(20);
                feature.close(epoch);
                long rows = feature.rows();
                long events = feature.events();
                writers.awaitRefusals(20);
                assertThat(feature.rows()).isEqualTo(rows);
                assertThat(feature.events()).isEqualTo(events);
                assertThat(feature.epochOfNewestEvent()).isEqualTo(epoch);
                feature.open(epoch + 1);
            }
            writers.awaitCommits(20);
        }
        assertThat(feature.rows()).isEqualTo(feature.events() + 1);
    }

    private long markers(FencedFeature feature) {
        return feature.owner
                .sql(
                        "select count(*) from strangler.outbox where aggregatetype = 'strangler.Marker' and aggregateid = ?")
                .param(feature.name + "-drain#0")
                .query(Long.class)
                .single();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void statement(HikariDataSource pool, String sql) throws SQLException {
        try (var connection = pool.getConnection()) {
            run(connection, sql);
        }
    }

    private static void assertFenced(ThrowingCallable write) {
        assertRefused("SF001", write);
    }

    private static void assertRefused(String state, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState())
                                .as(failure.getMessage())
                                .isEqualTo(state));
    }
}
