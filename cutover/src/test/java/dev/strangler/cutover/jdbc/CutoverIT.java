package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Cutover;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.LeaseLost;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations.AnotherOperation;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handing over between two real databases while writers never stop, whoever dies, holds it up or leads it. */
@WithInfrastructure
@Timeout(240)
class CutoverIT extends BetweenDatabases {

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
}
