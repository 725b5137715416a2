package dev.strangler.cutover.jdbc;

import static dev.strangler.cutover.jdbc.FencedFeature.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceHasMoved;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

@WithInfrastructure
class JdbcFenceIT {

    private static final OperationId OPERATION = new OperationId("cutover-1");

    private Database database;

    @BeforeEach
    void find(Infrastructure infrastructure) {
        database = infrastructure.database();
    }

    @Test
    void the_monolith_begins_open_and_the_service_closed() {
        var monolith = new FencedFeature(database, Side.MONOLITH).fence.state();
        var service = new FencedFeature(database, Side.SERVICE).fence.state();
        assertThat(monolith.isOpen()).isTrue();
        assertThat(monolith.enforcedOpen()).isTrue();
        assertThat(service.decision()).isEqualTo(FenceState.Decision.CLOSED);
        assertThat(service.enforcedOpen()).isFalse();
        assertThat(List.of(monolith, service)).allSatisfy(state -> {
            assertThat(state.isEnforced()).isTrue();
            assertThat(state.epoch()).isEqualTo(Epoch.FIRST);
            assertThat(state.owner()).isEqualTo(Side.MONOLITH);
            assertThat(state.refused()).isZero();
        });
    }

    @Test
    void the_same_operation_may_close_again_and_another_may_not() {
        var feature = FencedFeature.open(database);
        var markers = List.of(new Marker("things.v1", feature.name + "#0", "test"));
        feature.fence.close(Epoch.FIRST, OPERATION, markers, PATIENCE);
        feature.fence.close(Epoch.FIRST, OPERATION, markers, PATIENCE);
        assertThat(feature.owner
                        .sql("select count(*) from strangler.outbox where aggregateid = ?")
                        .param(feature.name + "#0")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThatThrownBy(() -> feature.fence.close(Epoch.FIRST, new OperationId("cutover-2"), List.of(), PATIENCE))
                .isInstanceOf(FenceHasMoved.class)
                .hasMessage(
                        "The fence of feature '%s' at the MONOLITH is CLOSED at epoch 0 by operation cutover-1, expected was OPEN at epoch 0. Somebody else has moved it. Look at both fences and decide again.",
                        feature.name);
    }

    @Test
    void a_pool_that_begins_serializable_transactions_does_not_keep_it_from_seeing_what_it_waited_for()
            throws Exception {
        var feature = FencedFeature.open(database);
        try (var pool = new HikariDataSource();
                var writer = feature.connect(Connection.TRANSACTION_SERIALIZABLE);
                var statement = writer.createStatement()) {
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.username());
            pool.setPassword(database.password());
            pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            var fence = new JdbcFence(feature.name, pool);
            statement.execute(feature.insert());
            var closing = CompletableFuture.runAsync(() -> fence.close(Epoch.FIRST, OPERATION, List.of(), PATIENCE));
            await().until(feature::isClosingWaiting);
            // The row changes under its eyes.
            feature.execute("update strangler.fence set changed_at = now() where feature = '%s'", feature.name);
            writer.commit();
            closing.get(10, TimeUnit.SECONDS);
        }
        assertThat(feature.fence.state().enforcedOpen()).isFalse();
    }

    @Test
    void closing_at_another_epoch_than_expected_changes_nothing() {
        var feature = FencedFeature.open(database);
        assertThatThrownBy(() -> feature.close(3)).isInstanceOf(FenceHasMoved.class);
        assertThat(feature.fence.state().enforcedOpen()).isTrue();
        assertThatCode(() -> feature.execute(feature.insert())).doesNotThrowAnyException();
    }

    /** Whatever keeps the markers from being appended: nobody has met the shut gate. */
    @Test
    void closing_that_fails_on_its_markers_leaves_the_fence_open() {
        var feature = FencedFeature.open(database);
        assertThatThrownBy(() ->
                        feature.fence.close(Epoch.FIRST, OPERATION, List.of(new Marker("t", "k", "\0")), PATIENCE))
                .isNotInstanceOf(FenceHasMoved.class);
        assertThatThrownBy(() -> feature.execute(
                        "select strangler.fence_close('%s', 0, 'cutover-1', '[{\"key\": \"without a topic\"}]')",
                        feature.name))
                .hasMessageContaining("topic");
        assertThat(feature.fence.state().isEnforced()).isTrue();
        assertThatCode(() -> feature.execute(feature.insert())).doesNotThrowAnyException();
    }

    @Test
    void an_epoch_that_was_seen_or_burned_never_opens() {
        var feature = FencedFeature.closed(database);
        assertThat(feature.fence.open(Epoch.FIRST, OPERATION)).isFalse();
        assertThat(feature.fence.burn(new Epoch(3), OPERATION)).isTrue();
        assertThat(feature.fence.open(new Epoch(1), OPERATION)).isFalse();
        assertThat(feature.fence.open(new Epoch(3), OPERATION)).isFalse();
        assertThat(feature.fence.open(new Epoch(4), OPERATION)).isTrue();
        assertThat(feature.fence.open(new Epoch(4), OPERATION)).isTrue();
        assertThat(feature.fence.open(new Epoch(4), new OperationId("other"))).isFalse();
        assertThat(feature.fence.open(new Epoch(5), OPERATION)).isFalse();
        assertThat(feature.fence.burn(new Epoch(9), OPERATION)).isFalse();
    }

    /** As when the coordinator dies between the two: the decision is made, and nobody writes until somebody goes on. */
    @Test
    void what_was_taken_back_before_it_closed_the_fence_can_not_close_it_later() {
        var feature = FencedFeature.open(database);
        var late = OperationId.random();
        assertThat(feature.fence.bar(late)).isTrue();
        assertThat(feature.fence.bar(late)).isTrue();
        assertThat(feature.fence.bar(OperationId.random())).isTrue();
        assertThatThrownBy(() -> feature.fence.close(Epoch.FIRST, late, List.of(), PATIENCE))
                .isInstanceOf(FenceHasMoved.class)
                .hasMessageContaining("was taken back before it had closed the fence")
                .hasMessageContaining("Begin a new handover");
        feature.execute(feature.insert());

        var next = OperationId.random();
        feature.fence.close(Epoch.FIRST, next, List.of(), PATIENCE);
        assertThat(feature.fence.bar(next)).isFalse();
        assertThat(feature.fence.state().isOpen()).isFalse();
    }

    @Test
    void one_that_waits_for_writers_is_barred_without_waiting_for_them() throws Exception {
        var feature = FencedFeature.open(database);
        try (var writer = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var statement = writer.createStatement()) {
            statement.execute(feature.insert());
            var closing =
                    CompletableFuture.runAsync(() -> feature.fence.close(Epoch.FIRST, OPERATION, List.of(), PATIENCE));
            await().until(feature::isClosingWaiting);
            assertThat(feature.fence.bar(OPERATION)).isTrue();
            assertThat(closing).isNotDone();
            writer.commit();
            assertThatThrownBy(() -> closing.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(FenceHasMoved.class);
        }
        assertThat(feature.fence.state().isOpen()).isTrue();
        feature.execute(feature.insert());
    }

    @Test
    void what_dies_between_deciding_and_enforcing_leaves_writers_shut_out() {
        var feature = FencedFeature.closed(database);
        assertThat(feature.fence.open(new Epoch(1), OPERATION)).isTrue();
        assertThat(feature.fence.state().isOpen()).isTrue();
        assertThat(feature.fence.state().isEnforced()).isFalse();
        assertThatThrownBy(() -> feature.execute(feature.insert()))
                .hasMessageContaining("Nobody owns it for the moment");
        feature.fence.enforce();
        feature.fence.enforce();
        feature.execute(feature.insert());
        feature.execute(feature.event());
        assertThat(feature.epochOfNewestEvent()).isEqualTo(1);
        assertThat(feature.fence.state().isEnforced()).isTrue();
    }

    /** A sequence does not come back when its transaction does; the row decides. */
    @Test
    void a_close_that_is_rolled_back_shuts_writers_out_until_the_decision_is_enforced() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var connection = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var statement = connection.createStatement()) {
            statement.execute("select strangler.fence_close('%s', 0, 'cutover-1', '[]')".formatted(feature.name));
            connection.rollback();
        }
        assertThat(feature.fence.state().isOpen()).isTrue();
        assertThat(feature.fence.state().isEnforced()).isFalse();
        assertThatThrownBy(() -> feature.execute(feature.insert())).hasMessageContaining("closed for writing");
        feature.fence.enforce();
        feature.execute(feature.insert());
    }

    @Test
    void enforcing_in_the_transaction_that_opens_is_refused() throws SQLException {
        var feature = FencedFeature.closed(database);
        try (var connection = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var statement = connection.createStatement()) {
            statement.execute("select strangler.fence_open('%s', 1, 'cutover-1')".formatted(feature.name));
            assertThatThrownBy(() -> statement.execute("select strangler.fence_enforce('%s')".formatted(feature.name)))
                    .hasMessageContaining("may still be rolled back");
        }
        assertThat(feature.fence.state().isOpen()).isFalse();
        assertThat(feature.fence.state().enforcedOpen()).isFalse();
    }

    /** A person at a prompt has no lock_timeout, and writers queue behind him. */
    @Test
    void who_closes_by_hand_and_sets_no_limit_is_told_instead_of_waiting_for_ever() throws SQLException {
        var feature = FencedFeature.open(database);
        try (var writing = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var closing = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var writer = writing.createStatement();
                var person = closing.createStatement()) {
            writer.execute("insert into %s (name) values ('left open')".formatted(feature.table));
            assertThatThrownBy(() -> person.execute(
                            "select strangler.fence_close('%s', 0, 'by-hand', '[]')".formatted(feature.name)))
                    .isInstanceOf(PSQLException.class)
                    .hasMessageContaining("lock timeout");
        }
        assertThat(feature.fence.state().isOpen()).isTrue();
    }

    /** Otherwise it could open the gate behind a close that is about to be committed. */
    @Test
    void enforcing_waits_for_a_close_that_is_under_way() throws Exception {
        var feature = FencedFeature.open(database);
        try (var connection = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var statement = connection.createStatement()) {
            statement.execute("select strangler.fence_close('%s', 0, 'cutover-1', '[]')".formatted(feature.name));
            var enforcing = CompletableFuture.runAsync(feature.fence::enforce);
            await().until(() -> feature.owner
                    .sql(
                            "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%fence_enforce%')")
                    .query(Boolean.class)
                    .single());
            connection.commit();
            enforcing.get(10, TimeUnit.SECONDS);
        }
        assertThat(feature.fence.state().enforcedOpen()).isFalse();
    }

    @Test
    void a_refusal_tells_people_and_programs_who_owns_the_feature() {
        var feature = FencedFeature.closed(database);
        feature.fence.settle(Side.SERVICE, new Epoch(1));
        feature.fence.settle(null, Epoch.FIRST);
        assertThat(feature.fence.state().owner()).isEqualTo(Side.SERVICE);
        assertThatThrownBy(() -> feature.execute(feature.insert()))
                .hasRootCauseInstanceOf(PSQLException.class)
                .rootCause()
                .satisfies(failure -> {
                    var said = ((PSQLException) failure).getServerErrorMessage();
                    assertThat(said.getSQLState()).isEqualTo("SF001");
                    assertThat(said.getMessage())
                            .isEqualTo(
                                    "Feature '%s' is closed for writing at the MONOLITH (epoch 0), so the INSERT of %s by %s is refused. The SERVICE owns it since epoch 1.",
                                    feature.name, feature.table, database.username());
                    assertThat(said.getHint()).contains("by way of the façade");
                    assertThat(said.getDetail())
                            .isEqualTo(
                                    "{\"feature\" : \"%s\", \"side\" : \"MONOLITH\", \"epoch\" : 0, \"owner\" : \"SERVICE\", \"ownerEpoch\" : 1}",
                                    feature.name);
                });
    }

    @Test
    void a_refused_write_is_counted_and_named_though_it_is_rolled_back() throws SQLException {
        var feature = FencedFeature.closed(database);
        assertThat(feature.fence.refusals().last()).isNull();
        feature.execute("create role job_of_%s login password 'job'", feature.table);
        feature.execute("grant insert on %1$s to job_of_%1$s", feature.table);
        var job = new Database(database.name(), database.host(), database.port(), "job_of_" + feature.table, "job");
        try (var connection = job.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set application_name = 'Prices nightly'");
            assertThatThrownBy(() ->
                            statement.execute("insert into %s (name)\n   values ('für €')".formatted(feature.table)))
                    .hasMessageContaining("by job_of_");
        }
        var refusals = feature.fence.refusals();
        assertThat(refusals.count()).isEqualTo(1);
        assertThat(feature.fence.state().refused()).isEqualTo(1);
        assertThat(refusals.last()).isNotNull();
        assertThat(refusals.last().role()).isEqualTo("job_of_" + feature.table);
        assertThat(refusals.last().application()).isEqualTo("Prices nightly");
        assertThat(refusals.last().query())
                .isEqualTo("insert into %s (name) values ('f?r ?')".formatted(feature.table));
        assertThat(refusals.last().at())
                .isBetween(
                        java.time.Instant.now().minusSeconds(60),
                        java.time.Instant.now().plusSeconds(1));
    }

    @Test
    void a_role_that_was_never_thought_of_meets_the_fence_and_not_a_missing_right() throws SQLException {
        var feature = FencedFeature.open(database);
        feature.execute("create role guest_of_%s login password 'guest'", feature.table);
        feature.execute("grant insert on %1$s to guest_of_%1$s", feature.table);
        var guest =
                new Database(database.name(), database.host(), database.port(), "guest_of_" + feature.table, "guest");
        try (var connection = guest.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(feature.insert());
        }
        assertThat(feature.rows()).isEqualTo(2);
    }

    @Test
    void events_of_no_feature_pass_with_epoch_0_whatever_they_claim() {
        var feature = FencedFeature.closed(database);
        feature.execute(feature.event().replace(feature.type, "Unclaimed" + feature.type));
        assertThat(feature.owner
                        .sql("select epoch from strangler.outbox where aggregatetype = ?")
                        .param("Unclaimed" + feature.type)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void what_is_appended_again_passes_a_closed_fence_with_the_epoch_it_had() {
        var feature = FencedFeature.open(database);
        feature.close(0);
        feature.open(5);
        feature.execute(feature.event());
        feature.close(5);
        feature.execute("select strangler.outbox_append_again('0/0')");
        assertThat(feature.owner
                        .sql("select epoch from strangler.outbox where aggregatetype = ?")
                        .param(feature.type)
                        .query(Long.class)
                        .list())
                .containsExactly(5L, 5L);
        assertThatThrownBy(() -> feature.execute(feature.event())).hasMessageContaining("closed for writing");
    }

    @Test
    void without_the_role_that_applies_a_feature_is_not_fenced(Infrastructure infrastructure) throws SQLException {
        SideSchema.migrate(database.dataSource());
        SideSchema.migrate(database.dataSource());
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(
                            "select strangler.fence_feature('orders', 'MONOLITH', '{Order}', 'nobody_there')"))
                    .hasMessageContainingAll(
                            "Role nobody_there does not exist",
                            "create role nobody_there nologin; grant nobody_there to " + database.username());
        }
        assertThatThrownBy(() -> new JdbcFence(new FeatureName("orders"), database.dataSource()).state())
                .isInstanceOf(FenceHasMoved.class)
                .hasMessageContaining("There is no fence of feature 'orders'");
    }

    @Test
    void a_table_and_an_aggregate_type_belong_to_one_feature() {
        var one = FencedFeature.open(database);
        var other = FencedFeature.open(database);
        assertThatThrownBy(() -> other.execute("select strangler.fence_table('%s', '%s')", other.name, one.table))
                .hasMessageContaining("is fenced by strangler.\"fence_guard_" + one.name + "\"() already");
        assertThatThrownBy(() -> other.execute(
                        "select strangler.fence_feature('%s', 'MONOLITH', array['%s'])", other.name, one.type))
                .hasMessageContaining("belongs to feature '%s' already".formatted(one.name));
        assertThatThrownBy(() -> other.execute(
                        "select strangler.fence_feature('%s', 'SERVICE', array['%s'])", other.name, other.type))
                .hasMessageContaining("is fenced as the MONOLITH here");
    }
}
