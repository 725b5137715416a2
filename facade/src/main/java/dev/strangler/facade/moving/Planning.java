package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Cutover;
import dev.strangler.cutover.workflow.Gate;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.cutover.workflow.Participants;
import dev.strangler.cutover.workflow.Plan;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what an order would meet: what the steps say of it, and whether the feature is where it can be handed over at all. */
record Planning(Assembling assembling, Operations operations, Phases phases, Limits limits, Clock clock) {

    /** In which phase a feature can be handed over that way. */
    static Phase wanted(Direction direction) {
        return direction.from() == Side.MONOLITH ? Phase.PREPARED : Phase.SERVICE_OWNED;
    }

    /** What that order would meet now; changes nothing. */
    Plan plan(Order order) {
        var participants = assembling.of(order.feature(), order.direction());
        var source =
                Reading.of(() -> participants.fence(order.direction().from()).state());
        var target = Reading.of(() -> participants.fence(order.direction().to()).state());
        var known = source.value();
        var other = target.value();
        if (known == null || other == null) {
            return withoutEpochs(order, participants, source, target);
        }
        var operation = Operation.next(
                order.direction(), known, other, order.who(), order.why(), order.waived(), clock.instant());
        var plan = Cutover.plan(operation, participants, limits, clock);
        var gates = new ArrayList<>(gates(order));
        gates.addAll(plan.gates());
        return new Plan(operation, plan.steps(), gates);
    }

    /** Nobody can say under which epoch, nor what the steps would meet: strict gates see to it that this is never carried out. */
    private Plan withoutEpochs(
            Order order, Participants participants, Reading<FenceState> source, Reading<FenceState> target) {
        var stored = participants.traffic().route().epoch();
        var operation = new Operation(
                OperationId.random(),
                order.feature().name(),
                order.direction(),
                stored,
                stored.next(),
                order.who(),
                order.why(),
                order.waived(),
                clock.instant());
        var gates = new ArrayList<>(gates(order));
        gates.add(answers(order.direction().from(), source));
        gates.add(answers(order.direction().to(), target));
        return new Plan(operation, List.of(), gates);
    }

    private static Gate answers(Side side, Reading<FenceState> fence) {
        return Gate.strict(
                "database-of-" + side.name().toLowerCase(Locale.ROOT),
                fence.value() != null,
                fence.value() == null ? "does not say how its fence stands: " + fence.unknown() : "answers",
                "answers",
                "Start it, then plan again.");
    }

    private List<Gate> gates(Order order) {
        var feature = order.feature().name();
        var phase = phases.of(feature);
        var unfinished = operations.unfinished(feature);
        var wanted = wanted(order.direction());
        return List.of(
                Gate.strict(
                        "operation",
                        unfinished.isEmpty(),
                        unfinished.map(Standing::said).orElse("none"),
                        "no other is on its way",
                        "Wait for it, or end it with resume or abort."),
                Gate.strict(
                        "phase",
                        phase == wanted,
                        phase.name(),
                        wanted.name(),
                        phase == Phase.MONOLITH
                                ? "Run prepare."
                                : phase.isFinal() ? "There is no way back." : "Look with doctor."));
    }
}
