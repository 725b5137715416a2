package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Cutover;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.LeaseLost;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations.AnotherOperation;
import dev.strangler.cutover.workflow.Participants;
import dev.strangler.cutover.workflow.PrecedentsInMemory;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.cutover.workflow.Streams;
import dev.strangler.cutover.workflow.Waiting;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Handing over between two real databases while writers never stop; the log between the sides is replaced by a direct relay. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class CutoverIT {

    private static final Duration LEASE = Duration.ofMillis(300);

    private MovedFeature moved;
    private JdbcClient control;
    private TrafficInMemory traffic;
    private DirectRelay there;
    private DirectRelay back;
    private JdbcOperations operations;
    private final AtomicInteger holders = new AtomicInteger();

    @BeforeAll
    void make(Infrastructure infrastructure) throws SQLException {
        moved = new MovedFeature(infrastructure);
        var source = infrastructure.database("facade").dataSource();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:dev/strangler/cutover/schema")
                .load()
                .migrate();
        control = JdbcClient.create(new SingleConnectionDataSource(source.getConnection(), true));
        operations = new JdbcOperations(control);
        traffic = new TrafficInMemory(moved.feature.name());
        there = new DirectRelay(moved, Side.MONOLITH);
        back = new DirectRelay(moved, Side.SERVICE);
    }

    @AfterAll
    void end() throws InterruptedException {
        there.close();
        back.close();
    }

    @Test
    void going_there_and_back_under_load_loses_and_doubles_nothing() throws Exception {
        var gaps = new ArrayList<Long>();
        try (var writers = new Raising(moved, traffic, 4, Duration.ofMillis(20))) {
            writers.awaitAcknowledged(50);
            for (var round = 0; round < 6; round++) {
                var conclusion = handOver();
                assertThat(conclusion.ending()).as(conclusion.reason()).isEqualTo(Ending.DONE);
                assertThat(conclusion.remarks()).isEmpty();
                gaps.add(conclusion.gap().toMillis());
                writers.awaitAcknowledged(20);
            }
            writers.end();
            assertNothingLostOrDoubled(writers);
        }
        System.out.println("write gaps in ms: " + gaps);
        assertThat(gaps).allMatch(gap -> gap < 2_000);
    }

    @Test
    void a_coordinator_may_die_before_any_step_and_another_ends_what_it_began() throws Exception {
        try (var writers = new Raising(moved, traffic, 2, Duration.ofMillis(20))) {
            for (var step : StepName.values()) {
                if (step.region() != StepName.Region.TAKING_BACK) {
                    var operation = next();
                    assertThatThrownBy(() -> run(operation, dyingAt(step))).isInstanceOf(Dead.class);
                    var successor = "successor-" + step;
                    await().until(() -> operations.lead(operation.id(), successor, LEASE));
                    var conclusion = cutover(operation, successor, entry -> {}).conclude();
                    assertThat(conclusion.ending()).as(step.label()).isNotEqualTo(Ending.UNFINISHED);
                    assertOneOwner();
                    writers.awaitAcknowledged(5);
                }
            }
            writers.end();
            assertNothingLostOrDoubled(writers);
        }
    }

    @Test
    void a_writer_that_does_not_end_is_named_and_everything_is_taken_back() throws Exception {
        var source = traffic.route().writes();
        try (var idle = moved.dataSource(source).getConnection();
                var writing = idle.createStatement()) {
            idle.setAutoCommit(false);
            writing.execute("set application_name = 'the forgotten one'");
            writing.execute("update counter set raised = raised where id = 'counter-1'");
            var plan = Cutover.plan(next(), participants(), patient(Duration.ZERO), Clock.systemUTC());
            assertThat(plan.refusals())
                    .anyMatch(line -> line.startsWith("transactions:") && line.contains("the forgotten one"));
            var conclusion = handOver();
            assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
            assertThat(conclusion.reason()).contains("the forgotten one").contains("pg_terminate_backend");
            idle.rollback();
        }
        assertThat(traffic.route().writes()).isEqualTo(source);
        assertOneOwner();
    }

    @Test
    void events_that_do_not_arrive_take_everything_back() throws Exception {
        var source = traffic.route().writes();
        var relay = source == Side.MONOLITH ? there : back;
        relay.isCut = true;
        var conclusion = handOver();
        relay.isCut = false;
        assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
        assertThat(conclusion.reason())
                .startsWith("drain: Markers had not arrived")
                .contains("intake/0, intake/1, intake/2");
        assertThat(traffic.route().writes()).isEqualTo(source);
        assertOneOwner();
    }

    @Test
    void a_row_that_differs_takes_everything_back() throws Exception {
        var source = traffic.route().writes();
        var copy = moved.dataSource(source.other());
        try (var connection = copy.getConnection();
                var meddling = connection.createStatement()) {
            meddling.execute("set role " + moved.database(source.other()).applier());
            meddling.execute("update counter set version = 999999, raised = 7 where id = 'counter-2'");
        }
        try (var connection = moved.dataSource(source).getConnection()) {
            connection.setAutoCommit(false);
            MovedFeature.raise(connection, source, "counter-2");
        }
        var conclusion = handOver();
        assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
        assertThat(conclusion.reason()).startsWith("check:").contains("counter-2");
        assertOneOwner();
        var right = moved.at(source)
                .sql("select version, raised from counter where id = 'counter-2'")
                .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
                .single();
        try (var connection = copy.getConnection();
                var mending = connection.createStatement()) {
            mending.execute("set role " + moved.database(source.other()).applier());
            mending.execute("update counter set version = %d, raised = %d where id = 'counter-2'"
                    .formatted(right[0], right[1]));
        }
    }

    @Test
    void a_leader_that_another_asks_to_take_it_back_does_so() {
        var source = traffic.route().writes();
        var operation = next();
        var conclusion = run(operation, entry -> {
            if (entry.step() == StepName.DRAIN) {
                operations.askToTakeBack(operation.id(), "aborted by bob");
            }
        });
        assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
        assertThat(conclusion.reason()).isEqualTo("check: aborted by bob");
        assertThat(traffic.route().writes()).isEqualTo(source);
        assertOneOwner();
    }

    @Test
    void who_repeats_a_command_after_the_handover_gets_the_answer_of_before() {
        var source = traffic.route().writes();
        for (var key : List.of("first", "second")) {
            moved.at(source).sql("""
                            insert into strangler.idempotency_key (feature, key, operation, fingerprint, status, headers, body)
                            values ('counters', ?, 'POST /counters', 'f', 201, '{"ETag": ["1"]}', 'done')
                            """).param(key).update();
        }
        moved.at(source)
                .sql(
                        "insert into strangler.idempotency_key (feature, key, operation, fingerprint, status) values ('others', 'third', 'POST', 'f', 200)")
                .update();
        assertThat(handOver().ending()).isEqualTo(Ending.DONE);
        var carried = moved.at(source.other())
                .sql(
                        "select key || ' ' || status || ' ' || convert_from(body, 'UTF8') || ' ' || headers from strangler.idempotency_key order by 1")
                .query(String.class)
                .list();
        assertThat(carried)
                .containsExactly("first 201 done {\"ETag\": [\"1\"]}", "second 201 done {\"ETag\": [\"1\"]}");
    }

    /** Slots without a connector: their positions are moved as one would. */
    @Test
    void the_last_word_on_every_aggregate_is_the_new_owners_when_the_former_ones_relay_began_anew() throws Exception {
        var source = traffic.route().writes();
        var slot = "echoes_of_" + source.name().toLowerCase(Locale.ROOT);
        moved.at(source)
                .sql("select pg_create_logical_replication_slot(?, 'pgoutput')::text")
                .param(slot)
                .query(String.class)
                .single();
        try (var writer = moved.dataSource(source.other()).getConnection()) {
            writer.setAutoCommit(false);
            var conclusion = run(next(), entry -> {
                if (entry.step() == StepName.SETTLE && entry.outcome() == JournalEntry.Outcome.BEGAN) {
                    raise(writer, source.other(), "counter-3");
                    raise(writer, source.other(), "counter-3");
                    moved.at(source)
                            .sql("select pg_replication_slot_advance(?, pg_current_wal_insert_lsn())::text")
                            .param(slot)
                            .query(String.class)
                            .single();
                }
            });
            assertThat(conclusion.ending()).as(conclusion.reason()).isEqualTo(Ending.DONE);
            assertThat(conclusion.remarks()).isEmpty();
            var said = moved.at(source.other())
                    .sql(
                            "select aggregateversion, epoch from strangler.outbox where aggregateid = 'counter-3' order by lsn desc limit 3")
                    .query((row, number) -> List.of(row.getLong(1), row.getLong(2)))
                    .list();
            assertThat(said.get(0)).isEqualTo(said.get(1)).isNotEqualTo(said.get(2));
            assertThat(said.get(0).get(1)).isEqualTo(traffic.route().epoch().value());

            // The slot of the new owner exists now as well, and nobody moves it.
            var stuck = handOverStuck(source.other());
            assertThat(stuck.remarks())
                    .singleElement()
                    .satisfies(remark -> assertThat(remark).contains("has not confirmed within 1000 ms"));
        } finally {
            for (var side : Side.values()) {
                moved.at(side)
                        .sql(
                                "select pg_drop_replication_slot(slot_name)::text from pg_replication_slots where database = current_database()")
                        .query(String.class)
                        .list();
            }
        }
        assertOneOwner();
    }

    private Conclusion handOverStuck(Side source) {
        moved.at(source)
                .sql("select pg_create_logical_replication_slot(?, 'pgoutput')::text")
                .param("echoes_of_" + source.name().toLowerCase(Locale.ROOT))
                .query(String.class)
                .single();
        return handOver();
    }

    private static void raise(Connection connection, Side side, String id) {
        try {
            MovedFeature.raise(connection, side, id);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void of_two_operators_the_second_is_told_and_a_leader_that_was_replaced_can_write_nothing() {
        var first = next();
        operations.start(first, "one", Duration.ofMinutes(1));
        assertThatThrownBy(() -> operations.start(next(), "two", LEASE))
                .isInstanceOf(AnotherOperation.class)
                .hasMessageContaining(
                        first.id() + " by ann, " + first.direction().name().toLowerCase() + " since 20")
                .hasMessageContaining("led by one");
        assertThat(operations.lead(first.id(), "two", LEASE)).isFalse();
        operations.leave(first.id(), "one");
        await().until(() -> operations.lead(first.id(), "two", Duration.ofMinutes(1)));
        var late = new JdbcJournal(control, "one", LEASE);
        var entry = new JournalEntry(
                StepName.HOLD, JournalEntry.Outcome.BEGAN, Clock.systemUTC().instant(), "", Map.of("heldAt", "x"));
        assertThatThrownBy(() -> late.write(first.id(), List.of(entry))).isInstanceOf(LeaseLost.class);
        var rightful = new JdbcJournal(control, "two", LEASE);
        assertThat(rightful.write(first.id(), List.of(entry, entry))).isEmpty();
        assertThat(operations.askToTakeBack(first.id(), "aborted by bob")).isTrue();
        assertThat(operations.askToTakeBack(first.id(), "aborted by cid")).isTrue();
        assertThat(rightful.write(first.id(), List.of(entry))).contains("aborted by bob");
        operations.turn(first.id(), "two", Course.RUNNING, "");
        assertThat(rightful.write(first.id(), List.of(entry))).isEmpty();
        assertThat(rightful.of(first.id()))
                .hasSize(4)
                .allMatch(line -> line.notes().equals(Map.of("heldAt", "x")));
        assertThatThrownBy(() -> control.sql("delete from operation_step").update())
                .hasMessageContaining("only grows");
        assertThatThrownBy(() -> operations.turn(first.id(), "one", Course.DONE, ""))
                .isInstanceOf(LeaseLost.class);
        operations.turn(first.id(), "two", Course.ABORTED, "enough");
        assertThat(operations.unfinished(first.feature())).isEmpty();
        assertThat(operations.askToTakeBack(first.id(), "too late")).isFalse();
        assertThat(operations.of(first.feature(), 1).get(0).reason()).isEqualTo("enough");
    }

    private Conclusion handOver() {
        return run(next(), entry -> {});
    }

    private Operation next() {
        var direction = traffic.route().writes() == Side.MONOLITH ? Direction.FORWARD : Direction.BACK;
        var with = participants();
        return Operation.next(
                direction,
                with.fence(direction.from()).state(),
                with.fence(direction.to()).state(),
                "ann",
                "",
                List.of(),
                Clock.systemUTC().instant());
    }

    private Conclusion run(Operation operation, Consumer<JournalEntry> watcher) {
        var holder = "holder-" + holders.incrementAndGet();
        operations.start(operation, holder, LEASE);
        return cutover(operation, holder, watcher).run();
    }

    private Cutover cutover(Operation operation, String holder, Consumer<JournalEntry> watcher) {
        return new Cutover(
                operation,
                (to, reason) -> operations.turn(operation.id(), holder, to, reason),
                new JdbcJournal(control, holder, LEASE),
                participants(),
                patient(Duration.ofSeconds(1)),
                Waiting.REAL,
                Clock.systemUTC(),
                watcher);
    }

    private static Limits patient(Duration oldTransaction) {
        var standard = Limits.STANDARD;
        var before = standard.before();
        return new Limits(
                standard.instances(),
                new Limits.Lock(Duration.ofMillis(100), 3, Duration.ofMillis(20)),
                new Limits.Gap(
                        standard.gap().whole(),
                        Duration.ofSeconds(1),
                        standard.gap().look()),
                new Limits.Afterwards(
                        Duration.ofSeconds(1), standard.afterwards().reverse()),
                new Limits.Before(
                        oldTransaction,
                        before.lagRecords(),
                        before.roundTrip(),
                        before.proofAge(),
                        before.precedents()));
    }

    private Participants participants() {
        var source = traffic.route().writes();
        var name = moved.feature.name();
        var databases = Map.of(Side.MONOLITH, moved.kept(Side.MONOLITH), Side.SERVICE, moved.kept(Side.SERVICE));
        return new Participants(
                moved.feature,
                Map.of(
                        Side.MONOLITH,
                        new JdbcFence(name, databases.get(Side.MONOLITH)),
                        Side.SERVICE,
                        new JdbcFence(name, databases.get(Side.SERVICE))),
                traffic,
                new JdbcMarkerStream(
                        moved.feature,
                        Map.of(Side.MONOLITH, "monolith", Side.SERVICE, "service"),
                        databases,
                        () -> MovedFeature.PARTITIONS),
                new ComparingCounters(moved, source),
                new JdbcAnswers(name, databases.get(source), databases.get(source.other())),
                new JdbcIdGenerators(databases.get(source.other()), moved.feature.tablesOn(source.other())),
                new FlowingAlways(),
                new JdbcEchoes(
                        name,
                        databases,
                        Map.of(Side.MONOLITH, "echoes_of_monolith", Side.SERVICE, "echoes_of_service")),
                new PrecedentsInMemory());
    }

    private void assertOneOwner() {
        var states = participants();
        var monolith = states.fence(Side.MONOLITH).state();
        var service = states.fence(Side.SERVICE).state();
        assertThat(monolith.isOpen()).isNotEqualTo(service.isOpen());
        var open = monolith.isOpen() ? monolith : service;
        assertThat(open.isEnforced()).isTrue();
        assertThat(traffic.route().writes()).isEqualTo(open.side());
        assertThat(traffic.route().epoch()).isEqualTo(open.epoch());
    }

    private void assertNothingLostOrDoubled(Raising writers) {
        var owner = traffic.route().writes();
        var expected = new LinkedHashMap<>(writers.before());
        writers.acknowledged().forEach((id, times) -> expected.merge(id, times, Long::sum));
        assertThat(moved.raised(owner)).isEqualTo(expected);
        await().untilAsserted(() -> assertThat(moved.raised(owner.other())).isEqualTo(expected));
        assertThat(there.failure).isNull();
        assertThat(back.failure).isNull();
    }

    private Consumer<JournalEntry> dyingAt(StepName step) {
        return entry -> {
            if (entry.step() == step) {
                throw new Dead();
            }
        };
    }

    private static final class Dead extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Events flow as long as the relay is not cut. */
    private static final class FlowingAlways implements Streams {
        @Override
        public String relay(Side side) {
            return "RUNNING";
        }

        @Override
        public long behind(Side side) {
            return 0;
        }

        @Override
        public long parked(Side side) {
            return 0;
        }

        @Override
        public Optional<Duration> trip(Direction direction, Duration limit) {
            return Optional.of(Duration.ofMillis(10));
        }
    }
}
