package dev.strangler.facade.console;

import dev.strangler.cutover.workflow.StepName;
import dev.strangler.facade.control.OperationView;
import dev.strangler.facade.control.OperationView.StepView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handover step by step, as its journal tells it.
 *
 * @param isOver whether nothing more will happen
 * @param isPast whether the new owner is open: nothing can be taken back any more
 * @param lines its steps
 * @param openGap since when nobody can write, while nobody can
 */
record Handover(
        OperationView operation,
        boolean isOver,
        boolean isPast,
        List<Line> lines,
        @Nullable Instant openGap) {

    /**
     * A step.
     *
     * @param mark how it stands
     * @param millis how long it took; null while it has not ended
     */
    record Line(
            String step,
            Rail.Mark mark,
            @Nullable Instant at,
            @Nullable Long millis,
            String detail,
            boolean isInGap) {}

    static Handover of(OperationView operation) {
        var steps = operation.steps();
        var isOver = List.of("DONE", "ABORTED").contains(operation.outcome());
        var fenced = note(steps, "fencedAt");
        var isReleased = note(steps, "releasedAt").isPresent();
        return new Handover(
                operation,
                isOver,
                steps.stream()
                        .anyMatch(step -> step.step().equals(StepName.OPEN.label())
                                && step.outcome().equals("DONE")),
                lines(steps, isOver),
                isOver || isReleased ? null : fenced.orElse(null));
    }

    /** What a page about it has to be written anew for. */
    public String stage() {
        return "%s %s %s".formatted(operation.id(), operation.outcome(), isPast ? "past" : "before");
    }

    /** The side that is to write. */
    public String target() {
        return operation.direction().equals("forward") ? "the service" : "the monolith";
    }

    /** The side that wrote before. */
    public String source() {
        return operation.direction().equals("forward") ? "the monolith" : "the service";
    }

    private static Optional<Instant> note(List<StepView> steps, String name) {
        return steps.stream()
                .map(step -> step.notes().get(name))
                .filter(value -> value != null)
                .reduce((earlier, later) -> later)
                .map(Instant::parse);
    }

    private static List<Line> lines(List<StepView> steps, boolean isOver) {
        var lines = new ArrayList<Line>();
        for (var name : StepName.values()) {
            var own = steps.stream()
                    .filter(step -> step.step().equals(name.label()))
                    .toList();
            if (!own.isEmpty()) {
                lines.add(line(name, own));
            } else if (!isOver && name.region() != StepName.Region.TAKING_BACK) {
                lines.add(new Line(name.label(), Rail.Mark.OPEN, null, null, "", name.region() == StepName.Region.GAP));
            }
        }
        return lines;
    }

    private static Line line(StepName name, List<StepView> own) {
        var last = own.get(own.size() - 1);
        var began = own.stream()
                .filter(step -> step.outcome().equals("BEGAN"))
                .reduce((earlier, later) -> later)
                .map(StepView::at);
        var mark = switch (last.outcome()) {
            case "DONE" -> Rail.Mark.DONE;
            case "FAILED" -> Rail.Mark.BAD;
            default -> Rail.Mark.BUSY;
        };
        var took = mark == Rail.Mark.BUSY
                ? null
                : began.map(from -> Duration.between(from, last.at()).toMillis())
                        .orElse(null);
        return new Line(name.label(), mark, last.at(), took, last.detail(), name.region() == StepName.Region.GAP);
    }
}
