package dev.strangler.cutover.workflow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers to commands that carried an Idempotency-Key: who repeats such a command after the handover gets the answer of before. */
public interface Answers {

    /** What was carried over, and what a next call may start from. */
    record Carried(long count, Instant upTo) {}

    /**
     * Copies to the target the answers that it lacks.
     *
     * @param since where a former call ended; null for all
     */
    Carried carry(@Nullable Instant since);
}
