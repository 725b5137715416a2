package dev.strangler.cutover.workflow;

import java.time.Duration;
import java.util.List;
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
