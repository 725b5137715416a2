package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Ways past a fence, and who is about to hold it up. */
@WithInfrastructure
class FenceAuditIT {

    private Database database;

    @BeforeEach
    void find(Infrastructure infrastructure) {
        database = infrastructure.database();
    }

    @Test
    void a_sound_fence_has_no_holes_and_each_hole_is_named_with_its_way_out() {
        var feature = FencedFeature.open(database);
        var tables = List.of(feature.table, feature.partitioned);
        assertThat(feature.fence.audit(tables)).isEmpty();

        feature.execute("alter table %s disable trigger strangler_fence", feature.table);
        feature.execute(
                "create table entry_high_of_%1$s partition of %1$s for values from (1000) to (2000)",
                feature.partitioned);
        feature.execute("create table unfenced_%1$s (thing int references %1$s on delete set null)", feature.table);
        feature.execute("alter table strangler.outbox disable trigger strangler_fence");
        try {
            var holes = feature.fence.audit(
                    List.of(feature.table, feature.partitioned, "unfenced_" + feature.table, "no_such_table"));
            assertThat(holes)
                    .extracting(FenceHole::toString)
                    .anyMatch(hole -> hole.startsWith("Table %s has a fence that is disabled".formatted(feature.table)))
                    .anyMatch(hole ->
                            hole.startsWith("Table entry_high_of_%s has no fence".formatted(feature.partitioned)))
                    .anyMatch(hole -> hole.startsWith("Table unfenced_%s has no fence".formatted(feature.table)))
                    .anyMatch(
                            hole -> hole.startsWith("Table unfenced_%s cannot be written by".formatted(feature.table)))
                    .anyMatch(hole -> hole.startsWith("Table no_such_table does not exist"))
                    .anyMatch(hole -> hole.startsWith("Table strangler.outbox has a fence that is disabled"));
            follow(feature, holes);
            // Its table is behind the same fence by now, though nobody says that it is of the feature.
            var crossing = feature.fence.audit(tables);
            assertThat(crossing)
                    .singleElement()
                    .asString()
                    .startsWith("Table %s changes unfenced_".formatted(feature.table));
            assertThat(feature.fence.audit(List.of("unfenced_" + feature.table)))
                    .singleElement()
                    .asString()
                    .contains(" is changed by foreign key unfenced_");
            follow(feature, crossing);
            assertThat(feature.fence.audit(tables)).isEmpty();
        } finally {
            feature.execute("alter table strangler.outbox enable always trigger strangler_fence");
        }
    }

    private static void follow(FencedFeature feature, List<FenceHole> waysOut) {
        waysOut.stream()
                .map(FenceHole::problem)
                .filter(problem -> problem.contains("Run: "))
                .map(problem -> problem.substring(problem.indexOf("Run: ") + 5))
                .distinct()
                .forEach(feature::execute);
    }

    @Test
    void an_open_transaction_of_another_role_is_named_with_its_age(Infrastructure infrastructure) throws SQLException {
        var feature = FencedFeature.open(database);
        feature.execute("grant select, insert on %s to %s", feature.table, database.verifier());
        try (var connection = as(infrastructure, database.verifier());
                var statement = connection.createStatement()) {
            statement.execute("begin transaction read write");
            statement.execute(feature.insert());
            var pid = connection.unwrap(PGConnection.class).getBackendPID();
            for (var named : List.of(feature.fence.transactionsOlderThan(Duration.ZERO), feature.fence.blockers())) {
                assertThat(named).singleElement().satisfies(transaction -> {
                    assertThat(transaction.pid()).isEqualTo(pid);
                    assertThat(transaction.user()).isEqualTo(database.verifier());
                    assertThat(transaction.age()).isPositive();
                    assertThat(transaction.state()).isEqualTo("idle in transaction");
                    assertThat(transaction.query()).isEqualTo(feature.insert());
                });
            }
            statement.execute("rollback");
        }
        assertThat(feature.fence.blindness()).isEmpty();
    }

    @Test
    void an_owner_that_can_not_see_other_roles_is_told_what_to_run(Infrastructure infrastructure) throws SQLException {
        var feature = FencedFeature.open(database);
        var relay = database.name() + "_relay";
        infrastructure.postgresServer().createReplicationRole(relay, relay);
        var fence =
                new JdbcFence(feature.name, infrastructure.postgresServer().dataSource(database.name(), relay, relay));
        assertThat(fence.blindness())
                .hasValue(
                        ("role %1$s can't see other roles' transactions, so nobody would be told who holds the fence up."
                                        + " Run as an administrator: grant pg_read_all_stats to %1$s;")
                                .formatted(relay));
    }

    /** While PostgreSQL applies them it fires no trigger for statements. */
    @Test
    void a_table_that_a_subscription_writes_has_a_hole_in_its_fence(Infrastructure infrastructure) throws SQLException {
        var feature = FencedFeature.open(database);
        var server = infrastructure.postgresServer();
        var name = "feeding_" + feature.table;
        try (var connection = server.dataSource(database.name(), server.superuser(), server.superuserPassword())
                        .getConnection();
                var administrator = connection.createStatement()) {
            administrator.execute("create publication %s for table %s".formatted(name, feature.table));
            administrator.execute(
                    "create subscription %1$s connection 'dbname=%2$s host=127.0.0.1 port=1' publication %1$s with (connect = false)"
                            .formatted(name, database.name()));
            administrator.execute(
                    "insert into pg_subscription_rel (srsubid, srrelid, srsubstate) select oid, '%s'::regclass, 'r' from pg_subscription where subname = '%s'"
                            .formatted(feature.table, name));
            var hole = feature.fence.audit(List.of(feature.table));
            assertThat(hole).singleElement().asString().contains("is written by subscription " + name);
            for (var statement :
                    hole.get(0).problem().replaceAll(".*administrator: ", "").split("; ?")) {
                administrator.execute(statement);
            }
            administrator.execute("drop publication " + name);
        }
        assertThat(feature.fence.audit(List.of(feature.table))).isEmpty();
    }

    private Connection as(Infrastructure infrastructure, String role) throws SQLException {
        return infrastructure
                .postgresServer()
                .dataSource(database.name(), role, role)
                .getConnection();
    }

    @Test
    void partitions_of_the_outbox_that_come_later_are_fenced_too() {
        var feature = FencedFeature.closed(database);
        feature.execute("select strangler.outbox_partition('2031-01-01')");
        feature.execute("select strangler.outbox_partition('2031-01-02')");
        assertThat(feature.fence.audit(List.of(feature.table))).isEmpty();
        assertThatThrownBy(
                        () -> feature.execute(feature.event().replace("strangler.outbox", "strangler.outbox_20310101")))
                .hasMessageContaining("closed for writing");
    }

    @Test
    void a_replica_session_meets_the_fence_all_the_same(Infrastructure infrastructure) throws SQLException {
        var feature = FencedFeature.closed(database);
        var server = infrastructure.postgresServer();
        try (var connection = server.dataSource(database.name(), server.superuser(), server.superuserPassword())
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertThatThrownBy(() -> statement.execute(feature.insert())).hasMessageContaining("closed for writing");
            assertThatThrownBy(() -> statement.execute(feature.event())).hasMessageContaining("closed for writing");
        }
    }

    @Test
    void old_transactions_that_have_touched_the_feature_are_named_and_others_are_not() throws SQLException {
        var feature = FencedFeature.open(database);
        var other = FencedFeature.open(database);
        try (var reader = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var stranger = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var reading = reader.createStatement();
                var strange = stranger.createStatement()) {
            reading.execute("select * from " + feature.partitioned);
            strange.execute("select * from " + other.table);
            assertThat(feature.fence.transactionsOlderThan(Duration.ZERO))
                    .singleElement()
                    .satisfies(transaction -> {
                        assertThat(transaction.query()).isEqualTo("select * from " + feature.partitioned);
                        assertThat(transaction.state()).isEqualTo("idle in transaction");
                        assertThat(transaction.age()).isPositive();
                    });
            assertThat(feature.fence.transactionsOlderThan(Duration.ofMinutes(1)))
                    .isEmpty();
            assertThat(feature.fence.blockers()).isEmpty();
        }
        assertThat(feature.fence.transactionsOlderThan(Duration.ZERO))
                .extracting(OpenTransaction::query)
                .isEmpty();
    }
}
