package dev.strangler.cutover.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Comparing.Difference;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Faults.Killed;
import dev.strangler.cutover.workflow.Faults.Kind;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CutoverTest {

    private final World world = new World();

    @Test
    void the_service_owns_the_feature_after_a_cutover_and_the_monolith_after_going_back() {
        var there = world.operation(Direction.FORWARD);
        assertThat(world.cutover(there).run().ending()).isEqualTo(Ending.DONE);
        assertOwner(world, Side.SERVICE);
        assertThat(world.route.epoch()).isEqualTo(new Epoch(1));

        world.course = Course.RUNNING;
        world.journal.clear();
        var back = world.operation(Direction.BACK);
        assertThat(world.cutover(back).run().ending()).isEqualTo(Ending.DONE);
        assertOwner(world, Side.MONOLITH);
        assertThat(world.route.epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void every_step_is_journalled_before_and_after() {
        world.cutover(world.operation(Direction.FORWARD)).run();
        for (var step : StepName.values()) {
            if (step.region() != StepName.Region.TAKING_BACK) {
                assertThat(world.journal)
                        .filteredOn(entry -> entry.step() == step)
                        .extracting(JournalEntry::outcome)
                        .as(step.label())
                        .containsExactly(Outcome.BEGAN, Outcome.DONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatever_fails_before_the_point_of_no_return_is_taken_back_and_after_it_goes_on(Direction direction) {
        for (var kind : List.of(Kind.FAILS, Kind.ANSWER_LOST)) {
            for (var call = 0; ; call++) {
                var scene = ownedBySourceOf(direction);
                var operation = scene.operation(direction);
                scene.faults.strike(call, kind);
                var conclusion = scene.cutover(operation).run();
                if (scene.faults.count() <= call) {
                    break;
                }
                scene.faults.none();
                if (conclusion.ending() == Ending.UNFINISHED && !scene.course.isOver()) {
                    scene.cutover(operation).conclude();
                }
                assertThat(scene.course.isOver())
                        .as("%s at call %d", kind, call)
                        .isTrue();
                assertOwner(scene, scene.course == Course.DONE ? direction.to() : direction.from());
            }
        }
    }

    /** Whatever was begun is taken back at the sides; and past the point the new owner is open. Nobody waits for what the façades keep. */
    @ParameterizedTest
    @EnumSource
    void one_side_lets_writers_through_though_the_control_database_goes_away_at_any_moment(Direction direction) {
        for (var call = 0; ; call++) {
            var scene = ownedBySourceOf(direction);
            var operation = scene.operation(direction);
            scene.faults.meanwhile(call, () -> scene.isControlAway = true);
            var conclusion = scene.cutover(operation).run();
            if (!scene.isControlAway) {
                break;
            }
            assertThat(scene.writer())
                    .as("away at call %d: %s", call, conclusion)
                    .isPresent();
            scene.isControlAway = false;
            endsAtOneSide(scene, operation, Cutover::conclude, "away at call " + call);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_coordinator_may_be_killed_anywhere_and_its_successor_ends_what_it_began(Direction direction) {
        killingAnywhere(direction, Cutover::conclude);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_cut_off_anywhere_can_be_resumed(Direction direction) {
        killingAnywhere(direction, Cutover::resume);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_cut_off_anywhere_can_be_aborted_or_is_past_that(Direction direction) {
        killingAnywhere(direction, cutover -> cutover.abort("changed my mind", false));
    }

    private void killingAnywhere(Direction direction, Function<Cutover, Conclusion> after) {
        for (var kind : List.of(Kind.KILLED_BEFORE, Kind.KILLED_AFTER)) {
            for (var call = 0; ; call++) {
                var scene = ownedBySourceOf(direction);
                var operation = scene.operation(direction);
                scene.faults.strike(call, kind);
                if (runsToItsEnd(() -> scene.cutover(operation).run())) {
                    break;
                }
                scene.faults.none();
                endsAtOneSide(scene, operation, after, "killed at call " + call);
            }
        }
    }

    @Test
    void a_successor_may_be_killed_as_well() {
        for (var first = 0; killedAt(first).isCut(); first++) {
            for (var second = 0; ; second++) {
                var left = killedAt(first);
                if (left.scene().course.isOver()) {
                    break;
                }
                left.scene().faults.strike(second, Kind.KILLED_AFTER);
                if (runsToItsEnd(() -> left.scene().cutover(left.operation()).conclude())) {
                    break;
                }
                left.scene().faults.none();
                endsAtOneSide(
                        left.scene(),
                        left.operation(),
                        Cutover::conclude,
                        "killed at call " + first + " and " + second);
            }
        }
    }

    /** What a coordinator left behind that was killed at a call, if it did not come to its end before. */
    private record Left(World scene, Operation operation, boolean isCut) {}

    private static Left killedAt(int call) {
        var scene = new World();
        var operation = scene.operation(Direction.FORWARD);
        scene.faults.strike(call, Kind.KILLED_AFTER);
        var isCut = !runsToItsEnd(() -> scene.cutover(operation).run());
        scene.faults.none();
        return new Left(scene, operation, isCut);
    }

    @Test
    void one_that_was_taken_for_dead_and_wakes_up_does_no_harm() {
        for (var isLeaseEnforced : List.of(true, false)) {
            for (Function<Cutover, Conclusion> other :
                    List.<Function<Cutover, Conclusion>>of(Cutover::conclude, Cutover::resume)) {
                for (var call = 0; ; call++) {
                    var scene = new World();
                    scene.isLeaseEnforced = isLeaseEnforced;
                    var operation = scene.operation(Direction.FORWARD);
                    scene.faults.meanwhile(call, () -> {
                        scene.holder = "other";
                        assertThat(other.apply(scene.cutover(operation, "other"))
                                        .operation())
                                .isEqualTo(operation);
                    });
                    try {
                        scene.cutover(operation, "one").run();
                    } catch (LeaseLost expected) {
                        assertThat(expected).hasMessageContaining("no longer leads");
                    }
                    if (scene.holder.equals("one")) {
                        break;
                    }
                    scene.faults.none();
                    scene.requireSingleWriter();
                    if (!scene.course.isOver()) {
                        scene.cutover(operation, "other").conclude();
                    }
                    assertThat(scene.writer()).as("woken at call %d", call).isPresent();
                }
            }
        }
    }

    @Test
    void a_fence_that_is_held_up_is_tried_again_and_given_up_while_writes_flow() {
        world.monolith.heldUp = 3;
        assertThat(world.cutover(world.operation(Direction.FORWARD)).run().ending())
                .isEqualTo(Ending.DONE);

        var other = new World();
        other.monolith.heldUp = 100;
        var conclusion = other.cutover(other.operation(Direction.FORWARD)).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
        assertThat(conclusion.reason()).contains("not granted in 5 attempts of 300 ms");
        assertOwner(other, Side.MONOLITH);
    }

    @Test
    void markers_that_do_not_arrive_and_rows_that_differ_take_everything_back() {
        world.isStreamCut = true;
        var late = world.cutover(world.operation(Direction.FORWARD)).run();
        assertThat(late.ending()).isEqualTo(Ending.ABORTED);
        assertThat(late.reason()).startsWith("drain: Markers had not arrived after 3000 ms at intake/0");
        assertThat(late.gap()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
        assertOwner(world, Side.MONOLITH);

        var other = new World();
        other.differences.add(new Difference("a", "version 3 instead of 4"));
        var different = other.cutover(other.operation(Direction.FORWARD)).run();
        assertThat(different.ending()).isEqualTo(Ending.ABORTED);
        assertThat(different.reason())
                .startsWith("check: 1 of 2 aggregates differ")
                .contains("a (version 3 instead of 4)");
        assertOwner(other, Side.MONOLITH);
    }

    @Test
    void with_the_target_away_both_stay_closed_until_it_answers_or_somebody_vouches_for_it() {
        var operation = world.operation(Direction.FORWARD);
        world.faults.strike(indexOfCall("MONOLITH.close") + 1, Kind.KILLED_BEFORE);
        assertThatThrownBy(() -> world.cutover(operation).run()).isInstanceOf(Killed.class);
        world.faults.none();
        world.away.add(Side.SERVICE);
        assertThat(world.cutover(operation).abort("gone", false).ending()).isEqualTo(Ending.UNFINISHED);
        assertThat(world.writer()).isEmpty();
        var vouched = world.cutover(operation).abort("gone", true);
        assertThat(vouched.ending()).isEqualTo(Ending.ABORTED);
        assertThat(vouched.remarks()).anyMatch(remark -> remark.contains("ann vouched"));
        assertOwner(world, Side.MONOLITH);
    }

    @Test
    void a_way_back_that_does_not_work_is_said_and_changes_nothing() {
        var operation = world.operation(Direction.FORWARD);
        world.faults.meanwhile(indexOfCall("release"), () -> world.isStreamCut = true);
        var conclusion = world.cutover(operation).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.DONE);
        assertThat(conclusion.remarks()).anyMatch(remark -> remark.contains("the way back is not proven"));
        assertOwner(world, Side.SERVICE);
    }

    @Test
    void a_relay_that_kept_its_connection_until_it_was_past_the_fence_has_repeated_nothing() {
        world.confirmed = new Lsn(9);
        var operation = world.operation(Direction.FORWARD);
        world.faults.meanwhile(indexOfCall("isPast") + 3, () -> world.confirmed = new Lsn(11));
        var conclusion = world.cutover(operation).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.DONE);
        assertThat(conclusion.remarks()).isEmpty();
        assertThat(world.saidAgain).isEmpty();
        assertThat(conclusion.gap()).isLessThan(Duration.ofMillis(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"another", ""})
    void what_a_relay_that_began_anew_may_have_repeated_is_followed_by_the_newest_events_of_the_owner(String reader) {
        var operation = world.operation(Direction.FORWARD);
        world.faults.meanwhile(indexOfCall("release"), () -> world.reader = reader);
        var conclusion = world.cutover(operation).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.DONE);
        assertThat(conclusion.remarks()).isEmpty();
        assertThat(world.saidAgain).containsExactly(world.positionOfCopy());
        assertThat(world.journal).anyMatch(entry -> "2".equals(entry.notes().get("saidAgain")));
    }

    @Test
    void while_somebody_says_events_of_an_earlier_handover_again_the_last_word_stays_open() {
        world.reader = "another";
        world.faults.meanwhile(indexOfCall("release"), () -> world.reader = "");
        world.isSomebodySayingAgain = true;
        var conclusion = world.cutover(world.operation(Direction.FORWARD)).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.DONE);
        assertThat(conclusion.remarks()).singleElement().asString().contains("an earlier handover");
        assertThat(world.journal).anyMatch(entry -> "open".equals(entry.notes().get("lastWord")));
        assertOwner(world, Side.SERVICE);
    }

    @Test
    void a_relay_that_does_not_get_past_the_fence_is_waited_for_without_a_gap_and_then_left_with_a_remark() {
        world.confirmed = new Lsn(9);
        var conclusion = world.cutover(world.operation(Direction.FORWARD)).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.DONE);
        assertThat(conclusion.gap()).isLessThan(Duration.ofMillis(10));
        assertThat(Duration.ofNanos(world.nanos)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        assertThat(conclusion.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark)
                        .contains("The relay of the monolith has not confirmed within 10000 ms")
                        .contains("plan refuses the next handover"));
        assertThat(world.saidAgain).hasSize(1);
        assertThat(world.journal).anyMatch(entry -> "open".equals(entry.notes().get("lastWord")));
        assertOwner(world, Side.SERVICE);
    }

    @Test
    void a_plan_changes_nothing_and_says_everything_that_is_in_the_way() {
        world.monolith.holes = List.of(new FenceHole("asset", "has no fence"));
        world.away.add(Side.SERVICE);
        var operation = new Operation(
                new World().operation(Direction.FORWARD).id(),
                World.FEATURE,
                Direction.FORWARD,
                Epoch.FIRST,
                new Epoch(1),
                "ann",
                "",
                List.of(),
                world.clock.instant());
        var plan = Cutover.plan(operation, world.participants(), Limits.STANDARD, world.clock);
        assertThat(plan.isGo()).isFalse();
        assertThat(plan.refusals())
                .anyMatch(line -> line.startsWith("fence-of-monolith: Table asset has no fence"))
                .anyMatch(line -> line.startsWith("target-fence: unknown: SERVICE is away"));
        assertThatThrownBy(plan::require).isInstanceOf(PlanRefused.class).hasMessageContaining("nothing was changed");
        assertThat(world.journal).isEmpty();
        assertOwner(world, Side.MONOLITH);
    }

    @Test
    void nobody_may_waive_what_endangers_the_data() {
        world.monolith.holes = List.of(new FenceHole("asset", "has no fence"));
        var base = world.operation(Direction.FORWARD);
        var waiving = new Operation(
                base.id(),
                base.feature(),
                base.direction(),
                base.from(),
                base.to(),
                "ann",
                "",
                List.of("fence-of-monolith"),
                base.startedAt());
        var plan = Cutover.plan(waiving, world.participants(), Limits.STANDARD, world.clock);
        assertThat(plan.gates())
                .filteredOn(gate -> gate.name().equals("fence-of-monolith"))
                .extracting(Gate::verdict)
                .containsExactly(Gate.Verdict.FORBIDDEN);
    }

    @Test
    void a_plan_of_a_sound_feature_is_a_go() {
        var plan = Cutover.plan(world.operation(Direction.FORWARD), world.participants(), Limits.STANDARD, world.clock);
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.steps()).startsWith(StepName.CHECK_BEFORE).endsWith(StepName.REVERSE);
    }

    /** The number of the first call of that name in an undisturbed run. */
    static int indexOfCall(String name) {
        var scene = new World();
        var operation = scene.operation(Direction.FORWARD);
        for (var call = 0; ; call++) {
            var other = new World();
            other.faults.strike(call, Kind.KILLED_BEFORE);
            try {
                other.cutover(operation).run();
            } catch (Killed killed) {
                if (killed.getMessage().equals("killed at " + name)) {
                    return call;
                }
            }
        }
    }

    private static void endsAtOneSide(
            World scene, Operation operation, Function<Cutover, Conclusion> after, String where) {
        if (scene.course.isOver()) {
            assertOwner(scene, scene.course == Course.DONE ? operation.target() : operation.source());
            return;
        }
        var conclusion = after.apply(scene.cutover(operation));
        assertThat(conclusion.ending()).as(where).isNotEqualTo(Ending.UNFINISHED);
        assertThat(scene.course.isOver()).as(where).isTrue();
        assertOwner(scene, conclusion.ending() == Ending.DONE ? operation.target() : operation.source());
    }

    /** The one side that lets writers through is the one that the route names, and nobody's writes wait. */
    static void assertOwner(World scene, Side side) {
        assertThat(scene.writer()).contains(side);
        assertThat(scene.route.writes()).isEqualTo(side);
        assertThat(scene.heldBy).isNull();
    }

    private static boolean runsToItsEnd(Runnable coordinator) {
        try {
            coordinator.run();
            return true;
        } catch (Killed killed) {
            return false;
        }
    }

    static World ownedBySourceOf(Direction direction) {
        var scene = new World();
        if (direction == Direction.BACK) {
            scene.cutover(scene.operation(Direction.FORWARD)).run();
            scene.course = Course.RUNNING;
            scene.journal.clear();
        }
        return scene;
    }
}
