package dev.strangler.cutover;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of comparing some rows of both sides.
 *
 * @param compared how many rows were looked at
 * @param discrepancies those that differ, by key
 * @param inFlight keys whose change was still under way when the comparison ended; nothing is known against them
 * @param trouble which part of the stream kept it from knowing more, and the way out; null when none did
 */
public record Comparison(
        long compared,
        List<Discrepancy> discrepancies,
        List<String> inFlight,
        @Nullable String trouble) {

    public Comparison {
        discrepancies = List.copyOf(discrepancies);
        inFlight = List.copyOf(inFlight);
    }

    /** Whether every row was alike. */
    public boolean isEqual() {
        return discrepancies.isEmpty() && inFlight.isEmpty();
    }
}
