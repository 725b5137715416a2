package dev.strangler.cutover.history;

/**
 * What cannot be true of a single writer that loses nothing.
 *
 * @param invariant what was broken
 * @param evidence the operations and events that show it, in words
 */
public record Violation(Invariant invariant, String evidence) {

    @Override
    public String toString() {
        return invariant + ": " + evidence;
    }
}
