package dev.strangler.facade.control;

import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Gate;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.cutover.workflow.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the control API shows it.
 *
 * @param id of the operation
 * @param feature whose writes
 * @param direction {@code forward} or {@code back}
 * @param fromEpoch under which the source writes, or wrote
 * @param toEpoch under which the target is to write
 * @param who asked for it
 * @param why the reason; may be empty
 * @param waived gates that were passed though they said no
 * @param startedAt control database's clock
 * @param outcome {@code RUNNING}, {@code ABORTING}, {@code DONE}, {@code ABORTED}, or {@code UNFINISHED} when nothing more can be done for now
 * @param reason why it was taken back or is stuck; missing when there is nothing to say
 * @param remarks what was done with less than wished for
 * @param gapMillis how long nobody could write; missing when that is not known or never was
 * @param heldMillis how long writes waited at the façade; likewise
 * @param steps the journal
 */
public record OperationView(
        String id,
        String feature,
        String direction,
        long fromEpoch,
        long toEpoch,
        String who,
        String why,
        List<String> waived,
        Instant startedAt,
        String outcome,
        @Nullable String reason,
        List<String> remarks,
        @Nullable Long gapMillis,
        @Nullable Long heldMillis,
        List<StepView> steps) {

    /** One line of an operation's journal. */
    public record StepView(String step, String outcome, Instant at, String detail, Map<String, String> notes) {

        static StepView of(JournalEntry entry) {
            return new StepView(
                    entry.step().label(), entry.outcome().name(), entry.at(), entry.detail(), entry.notes());
        }
    }

    /** One line of a plan. */
    public record GateView(String step, String name, String value, String limit, String verdict, String wayOut) {

        static GateView of(Gate gate) {
            return new GateView(
                    gate.step().label(),
                    gate.name(),
                    gate.value(),
                    gate.limit(),
                    gate.verdict().name(),
                    gate.wayOut());
        }
    }

    /** What a handover would meet. */
    public record PlanView(String feature, String direction, boolean go, long toEpoch, List<GateView> gates) {

        static PlanView of(Plan plan) {
            var operation = plan.operation();
            return new PlanView(
                    operation.feature().value(),
                    operation.direction().name().toLowerCase(Locale.ROOT),
                    plan.isGo(),
                    operation.to().value(),
                    plan.gates().stream().map(GateView::of).toList());
        }
    }

    public static OperationView of(Standing standing, List<JournalEntry> journal) {
        return of(
                standing.operation(),
                standing.course().name(),
                standing.reason(),
                List.of(),
                span(journal, "fencedAt"),
                span(journal, "heldAt"),
                journal);
    }

    static OperationView of(Conclusion conclusion, List<JournalEntry> journal) {
        return of(
                conclusion.operation(),
                conclusion.ending().name(),
                conclusion.reason(),
                conclusion.remarks(),
                millis(conclusion.gap()),
                millis(conclusion.held()),
                journal);
    }

    private static OperationView of(
            Operation operation,
            String outcome,
            String reason,
            List<String> remarks,
            @Nullable Long gap,
            @Nullable Long held,
            List<JournalEntry> journal) {
        return new OperationView(
                operation.id().value(),
                operation.feature().value(),
                operation.direction().name().toLowerCase(Locale.ROOT),
                operation.from().value(),
                operation.to().value(),
                operation.who(),
                operation.why(),
                operation.waived(),
                operation.startedAt(),
                outcome,
                reason.isEmpty() ? null : reason,
                remarks,
                gap,
                held,
                journal.stream().map(StepView::of).toList());
    }

    /** From that note to the release, as they stand in the journal. */
    private static @Nullable Long span(List<JournalEntry> journal, String from) {
        var began = note(journal, from);
        var ended = note(journal, "releasedAt");
        return began.isPresent() && ended.isPresent()
                ? Duration.between(began.get(), ended.get()).toMillis()
                : null;
    }

    private static Optional<Instant> note(List<JournalEntry> journal, String name) {
        return journal.stream()
                .map(entry -> entry.notes().get(name))
                .filter(value -> value != null)
                .reduce((earlier, later) -> later)
                .map(Instant::parse);
    }

    private static @Nullable Long millis(@Nullable Duration time) {
        return time == null ? null : time.toMillis();
    }
}
