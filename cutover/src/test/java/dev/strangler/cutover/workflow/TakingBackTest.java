package dev.strangler.cutover.workflow;

import static dev.strangler.cutover.workflow.CutoverTest.assertOwner;
import static dev.strangler.cutover.workflow.CutoverTest.indexOfCall;
import static dev.strangler.cutover.workflow.CutoverTest.ownedBySourceOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Faults.Killed;
import dev.strangler.cutover.workflow.Faults.Kind;
import dev.strangler.cutover.workflow.Operation.Course;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations that somebody other than their leader wants to have taken back. */
class TakingBackTest {

    private final World world = new World();

    @ParameterizedTest
    @EnumSource
    void a_leader_that_is_asked_to_take_it_back_does_so_before_the_point_of_no_return_and_not_after_it(
            Direction direction) {
        var taken = EnumSet.noneOf(Course.class);
        for (var call = 0; ; call++) {
            var scene = ownedBySourceOf(direction);
            var operation = scene.operation(direction);
            var wasPast = new AtomicBoolean();
            scene.faults.meanwhile(call, () -> {
                wasPast.set(scene.journal.stream().anyMatch(entry -> entry.step() == StepName.OPEN));
                scene.course = Course.ABORTING;
                scene.wish = "aborted by bob";
            });
            var conclusion = scene.cutover(operation).run();
            if (scene.faults.count() <= call) {
                break;
            }
            assertThat(scene.course)
                    .as("asked at call %d", call)
                    .isEqualTo(wasPast.get() ? Course.DONE : Course.ABORTED);
            assertThat(conclusion.reason()).contains(wasPast.get() ? "" : ": aborted by bob");
            assertOwner(scene, wasPast.get() ? direction.to() : direction.from());
            taken.add(scene.course);
        }
        assertThat(taken).containsExactlyInAnyOrder(Course.DONE, Course.ABORTED);
    }

    @Test
    void what_was_to_be_taken_back_and_was_cut_off_can_still_be_resumed() {
        var operation = world.operation(Direction.FORWARD);
        world.faults.strike(indexOfCall("MONOLITH.close") + 1, Kind.KILLED_BEFORE);
        assertThatThrownBy(() -> world.cutover(operation).run()).isInstanceOf(Killed.class);
        world.faults.none();
        world.course = Course.ABORTING;
        world.wish = "aborted by bob";
        assertThat(world.cutover(operation).resume().ending()).isEqualTo(Ending.DONE);
        assertOwner(world, Side.SERVICE);
    }

    @Test
    void nobody_vouches_for_a_database_that_answers() {
        var operation = world.operation(Direction.FORWARD);
        world.faults.strike(indexOfCall("MONOLITH.close") + 1, Kind.KILLED_BEFORE);
        assertThatThrownBy(() -> world.cutover(operation).run()).isInstanceOf(Killed.class);
        world.faults.strike(callsOfAbortUntilBurn(), Kind.FAILS);
        var conclusion = world.cutover(operation).abort("gone", true);
        assertThat(conclusion.ending()).isEqualTo(Ending.UNFINISHED);
        assertThat(conclusion.reason())
                .contains("ann vouched that the service's database does not run, but it answers");
        assertThat(world.writer()).isEmpty();
        assertThat(world.cutover(operation).abort("mended", false).ending()).isEqualTo(Ending.ABORTED);
        assertOwner(world, Side.MONOLITH);
    }

    /** Its statements take too long, and one of them may open it yet. */
    @Test
    void nobody_vouches_for_a_database_that_is_too_busy_to_answer() {
        var operation = world.operation(Direction.FORWARD);
        world.faults.strike(indexOfCall("MONOLITH.close") + 1, Kind.KILLED_BEFORE);
        assertThatThrownBy(() -> world.cutover(operation).run()).isInstanceOf(Killed.class);
        world.faults.meanwhile(callsOfAbortUntilBurn(), () -> {
            throw new IllegalStateException(new SQLException("canceling statement due to lock timeout", "55P03"));
        });
        var conclusion = world.cutover(operation).abort("gone", true);
        assertThat(conclusion.ending()).isEqualTo(Ending.UNFINISHED);
        assertThat(conclusion.reason()).contains("but it answers").contains("lock timeout");
        assertThat(world.writer()).isEmpty();
    }

    /** Of an abort, how many calls come before the one that burns. */
    private static int callsOfAbortUntilBurn() {
        var scene = new World();
        var operation = scene.operation(Direction.FORWARD);
        scene.faults.strike(indexOfCall("MONOLITH.close") + 1, Kind.KILLED_BEFORE);
        assertThatThrownBy(() -> scene.cutover(operation).run()).isInstanceOf(Killed.class);
        scene.faults.none();
        scene.cutover(operation).abort("gone", true);
        return scene.faults.last("SERVICE.burn");
    }

    @Test
    void a_target_that_is_open_and_lets_nobody_through_leaves_something_to_do_and_nothing_to_take_back() {
        var operation = world.operation(Direction.FORWARD);
        world.service.isStubborn = true;
        assertThat(world.cutover(operation).run().ending()).isEqualTo(Ending.UNFINISHED);
        assertThat(world.course).isEqualTo(Course.RUNNING);
        world.service.isStubborn = false;
        assertThat(world.cutover(operation).conclude().ending()).isEqualTo(Ending.DONE);
        assertOwner(world, Side.SERVICE);
    }
}
