package dev.strangler.cutover;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What was done to end a feature's way back and its life in the monolith, stored durably; it only grows. */
public interface Endings {

    /** What was done. */
    enum Act {
        /** The monolith's side was given up for good. */
        SEAL,
        /** What is left of it was looked for. */
        RETIRE
    }

    /** How far it has come. */
    enum Outcome {
        /** From here on it may have had effects. */
        BEGAN,
        /** All its effects are there. */
        DONE,
        /** It was refused or gave up; for sealing the monolith's fence says what came of it. */
        FAILED
    }

    /**
     * One line.
     *
     * @param operation in whose name; the monolith's fence carries that of sealing
     * @param at the control database's clock
     * @param who the operator
     * @param detail in words; may be empty
     */
    record Line(OperationId operation, Act act, Outcome outcome, Instant at, String who, String detail) {}

    /** Adds a line; {@code tables} are the feature's in the monolith, as far as they are known at that moment. */
    void write(
            FeatureName feature,
            OperationId operation,
            Act act,
            Outcome outcome,
            String who,
            String detail,
            Collection<String> tables);

    /** The feature's newest lines, newest first, at most {@code limit}. */
    List<Line> of(FeatureName feature, int limit);

    /** All tables that the feature was ever known to have in the monolith; empty before the first line. */
    Set<String> tables(FeatureName feature);
}
