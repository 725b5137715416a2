package dev.strangler.cutover;

import java.util.List;

/**
 * What came of comparing some rows of both sides.
 *
 * @param compared how many rows were looked at
 * @param discrepancies those that differ, by key
 * @param inFlight keys whose change was still under way when the comparison ended; nothing is known against them
 */
public record Comparison(long compared, List<Discrepancy> discrepancies, List<String> inFlight) {

    public Comparison {
        discrepancies = List.copyOf(discrepancies);
        inFlight = List.copyOf(inFlight);
    }

    /** Whether every row was alike. */
    public boolean isEqual() {
        return discrepancies.isEmpty() && inFlight.isEmpty();
    }
}
