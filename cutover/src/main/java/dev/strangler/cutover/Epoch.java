package dev.strangler.cutover;

/** The number that grows by one at each handover of a feature's writes; 0 before the first. */
public record Epoch(long value) {

    /** Nothing has been handed over yet. */
    public static final Epoch FIRST = new Epoch(0);

    public Epoch {
        if (value < 0) {
            throw new IllegalArgumentException("Epoch %d is below 0, where counting starts.".formatted(value));
        }
    }

    /** The epoch of the next handover. */
    public Epoch next() {
        return new Epoch(value + 1);
    }

    /** Whether this one came after the other. */
    public boolean isAfter(Epoch other) {
        return value > other.value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
