package dev.strangler.cutover.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Diagnosis.Finding;
import dev.strangler.cutover.workflow.Diagnosis.Remedy;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final OperationId SOMEBODY = new OperationId("somebody");

    private final World world = new World();

    @Test
    void one_open_side_to_which_writes_are_sent_is_sound_before_and_after_a_handover() {
        assertThat(diagnosis().finding()).isEqualTo(Finding.SOUND);
        world.cutover(world.operation(Direction.FORWARD)).run();
        assertThat(diagnosis().finding()).isEqualTo(Finding.SOUND);
        assertThat(diagnosis().side()).isEqualTo(Side.SERVICE);
        assertThat(diagnosis().said()).contains("The service owns the feature under epoch 1");
    }

    @Test
    void when_both_are_closed_the_side_that_owned_last_is_opened() {
        world.cutover(world.operation(Direction.FORWARD)).run();
        world.service.close(
                new Epoch(1), SOMEBODY, List.of(), Limits.STANDARD.lock().patience());
        var found = diagnosis();
        assertThat(found.finding()).isEqualTo(Finding.BOTH_CLOSED);
        assertThat(found.remedy()).isEqualTo(Remedy.OPEN);
        assertThat(found.side()).isEqualTo(Side.SERVICE);
        assertThat(repaired()).hasSize(3);
        assertThat(world.writer()).contains(Side.SERVICE);
        assertThat(world.monolith.open(new Epoch(2), SOMEBODY)).isFalse();
    }

    @Test
    void an_owner_whose_writers_are_refused_is_enforced_and_routed_to() {
        world.monolith.close(
                Epoch.FIRST, SOMEBODY, List.of(), Limits.STANDARD.lock().patience());
        world.service.open(new Epoch(1), SOMEBODY);
        assertThat(diagnosis().finding()).isEqualTo(Finding.NOT_ENFORCED);
        repaired();
        assertThat(world.writer()).contains(Side.SERVICE);
        assertThat(world.route.writes()).isEqualTo(Side.SERVICE);
        assertThat(diagnosis().finding()).isEqualTo(Finding.SOUND);
    }

    @Test
    void writes_that_are_sent_to_the_closed_side_are_routed_to_the_open_one() {
        world.monolith.close(
                Epoch.FIRST, SOMEBODY, List.of(), Limits.STANDARD.lock().patience());
        world.service.open(new Epoch(1), SOMEBODY);
        world.service.enforce();
        assertThat(diagnosis().finding()).isEqualTo(Finding.MISROUTED);
        assertThat(repaired()).containsExactly("sent writes to the service under epoch 1");
        assertThat(diagnosis().finding()).isEqualTo(Finding.SOUND);
    }

    @Test
    void of_two_open_sides_the_one_with_the_older_epoch_is_closed() {
        world.service.open(new Epoch(4), SOMEBODY);
        var found = diagnosis();
        assertThat(found.finding()).isEqualTo(Finding.BOTH_OPEN);
        assertThat(found.side()).isEqualTo(Side.MONOLITH);
        assertThat(repaired()).contains("closed the monolith");
        assertThat(diagnosis().finding()).isEqualTo(Finding.NOT_ENFORCED);
        repaired();
        assertThat(diagnosis().finding()).isEqualTo(Finding.SOUND);
    }

    @Test
    void a_fence_with_a_hole_is_not_sound_and_the_hole_is_named() {
        var holes = Map.of(
                Side.MONOLITH,
                List.of(new FenceHole("asset", "has a fence that is disabled. Run: select 1;")),
                Side.SERVICE,
                List.<FenceHole>of());
        var found = diagnosis().withHoles(holes);
        assertThat(found.finding()).isEqualTo(Finding.LEAKY);
        assertThat(found.remedy()).isEqualTo(Remedy.NOTHING);
        assertThat(found.facts())
                .contains(
                        "Hole in the fence of the monolith: Table asset has a fence that is disabled. Run: select 1;");
        world.monolith.close(
                Epoch.FIRST, SOMEBODY, List.of(), Limits.STANDARD.lock().patience());
        assertThat(diagnosis().withHoles(holes).finding()).isEqualTo(Finding.BOTH_CLOSED);
        assertThat(diagnosis().withHoles(Map.of())).isEqualTo(diagnosis());
    }

    @Test
    void nothing_is_said_about_a_side_that_does_not_answer() {
        var found = Diagnosis.of(
                World.FEATURE, world.route, Map.of(Side.MONOLITH, world.monolith.state()), Optional.empty());
        assertThat(found.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(found.remedy()).isEqualTo(Remedy.NOTHING);
        assertThat(found.said()).contains("The service's database does not answer");
    }

    @Test
    void an_operation_under_way_is_left_alone_and_one_that_was_left_behind_is_ended_first() {
        var operation = world.operation(Direction.FORWARD);
        assertThat(during(operation, true).finding()).isEqualTo(Finding.MOVING);
        var left = during(operation, false);
        assertThat(left.remedy()).isEqualTo(Remedy.CONCLUDE);
        assertThat(left.said()).contains(operation.id().value());
        assertThat(new Repair(world.participants(), SOMEBODY, "ann").carryOut(left))
                .isEmpty();
    }

    @Test
    void a_repair_that_comes_too_late_is_refused() {
        world.monolith.close(
                Epoch.FIRST, SOMEBODY, List.of(), Limits.STANDARD.lock().patience());
        var found = diagnosis();
        world.service.open(new Epoch(1), SOMEBODY);
        assertThatThrownBy(() -> new Repair(world.participants(), SOMEBODY, "ann").carryOut(found))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("The service is open by now");
        world.requireSingleWriter();
    }

    private List<String> repaired() {
        return new Repair(world.participants(), new OperationId("repair"), "ann").carryOut(diagnosis());
    }

    private Diagnosis diagnosis() {
        return Diagnosis.of(World.FEATURE, world.route, states(), Optional.empty());
    }

    private Diagnosis during(Operation operation, boolean isLed) {
        var standing = new Standing(operation, Course.RUNNING, "one", isLed, "", null);
        return Diagnosis.of(World.FEATURE, world.route, states(), Optional.of(standing));
    }

    private Map<Side, FenceState> states() {
        return Map.of(Side.MONOLITH, world.monolith.state(), Side.SERVICE, world.service.state());
    }
}
