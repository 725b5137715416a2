package dev.strangler.cutover.workflow;

import static dev.strangler.cutover.workflow.CutoverTest.assertOwner;
import static dev.strangler.cutover.workflow.CutoverTest.indexOfCall;
import static dev.strangler.cutover.workflow.CutoverTest.ownedBySourceOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody waits longer than the whole gap, whichever step takes its time. */
class GapTest {

    private final World world = new World();

    @ParameterizedTest
    @EnumSource
    void whatever_outlasts_the_gap_is_taken_back_before_the_target_opens(Direction direction) {
        var target = direction == Direction.FORWARD ? "SERVICE" : "MONOLITH";
        var calls = undisturbed(direction).faults;
        for (var call = calls.last("carry"); call < calls.last(target + ".open"); call++) {
            var scene = ownedBySourceOf(direction);
            var operation = scene.operation(direction);
            scene.faults.meanwhile(
                    call, () -> scene.nanos += Duration.ofSeconds(6).toNanos());
            var conclusion = scene.cutover(operation).run();
            assertThat(conclusion.ending()).as("late at call %d", call).isEqualTo(Ending.ABORTED);
            assertThat(conclusion.reason()).contains("allowed are 5000 ms before everything is taken back");
            assertThat(scene.journal)
                    .noneMatch(entry -> entry.step() == StepName.OPEN && entry.outcome() == Outcome.DONE);
            assertOwner(scene, direction.from());
        }
    }

    @Test
    void an_answer_that_does_not_come_is_not_waited_for_longer_than_the_gap_lasts() {
        var operation = world.operation(Direction.FORWARD);
        var calls = undisturbed(Direction.FORWARD).faults;
        var untilThen = calls.last("changedSince") - calls.last("carry") - 1;
        world.faults.meanwhile(calls.last("carry"), () -> {
            world.nanos += Duration.ofMillis(4_950).toNanos();
            world.faults.meanwhile(untilThen, GapTest::neverAnswers);
        });
        var conclusion = world.cutover(operation).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
        assertThat(conclusion.reason())
                .isEqualTo(
                        "check: Looking for what has changed took longer than the 50 ms that were left of the 5000 ms in which nobody may write.");
        assertOwner(world, Side.MONOLITH);
    }

    @Test
    void a_partition_that_was_added_meanwhile_takes_everything_back() {
        var operation = world.operation(Direction.FORWARD);
        world.faults.meanwhile(indexOfCall("MONOLITH.close"), () -> world.partitions++);
        var conclusion = world.cutover(operation).run();
        assertThat(conclusion.ending()).isEqualTo(Ending.ABORTED);
        assertThat(conclusion.reason()).startsWith("drain: assets.v1 has 4 partitions now and had 3 when this began");
        assertOwner(world, Side.MONOLITH);
    }

    @Test
    void a_plan_says_when_nobody_would_be_named_who_holds_the_fence_up() {
        world.monolith.blindness = "role shop can't see other roles' transactions";
        var plan = Cutover.plan(world.operation(Direction.FORWARD), world.participants(), Limits.STANDARD, world.clock);
        assertThat(plan.refusals())
                .singleElement()
                .asString()
                .startsWith("transactions: not known: role shop can't see other roles' transactions");
    }

    private static World undisturbed(Direction direction) {
        var scene = ownedBySourceOf(direction);
        var operation = scene.operation(direction);
        scene.faults.none();
        scene.cutover(operation).run();
        return scene;
    }

    private static void neverAnswers() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException givenUp) {
            throw new IllegalStateException(givenUp);
        }
    }
}
