package dev.strangler.cutover.workflow;

import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run of an operation ended.
 *
 * @param operation which
 * @param ending in one word
 * @param reason why it was not done; empty when it was
 * @param remarks what was done with less than wished for, each with its way out
 * @param gap how long nobody could write: from the fence's commit to the release; null when the fence was never closed
 * @param held how long writes waited at the façade, from the hold to the release; null when they did not
 */
public record Conclusion(
        Operation operation,
        Ending ending,
        String reason,
        List<String> remarks,
        @Nullable Duration gap,
        @Nullable Duration held) {

    public Conclusion {
        remarks = List.copyOf(remarks);
    }

    /**
     * As the journal tells it, for somebody who has not led the operation.
     *
     * @param over an operation that is over
     */
    public static Conclusion of(Standing over, List<JournalEntry> journal) {
        var notes = Notes.of(journal);
        return new Conclusion(
                over.operation(),
                over.course() == Course.DONE ? Ending.DONE : Ending.ABORTED,
                over.reason(),
                List.of(),
                between(notes.fencedAt(), notes.releasedAt()),
                between(notes.heldAt(), notes.releasedAt()));
    }

    /** From one moment to the other; null when one of them never came. */
    static @Nullable Duration between(Optional<Instant> from, Optional<Instant> to) {
        return from.flatMap(start -> to.map(end -> Duration.between(start, end)))
                .orElse(null);
    }

    /** How a run can end. */
    public enum Ending {
        /** The target owns the feature. */
        DONE,
        /** Everything was taken back: the source owns the feature, as before. */
        ABORTED,
        /** Something is left to do, in one direction only; it is tried again until it is done. */
        UNFINISHED
    }
}
