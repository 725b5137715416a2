package dev.strangler.cutover;

/** A whole share of a hundred, 0 to 100. */
public record Percentage(int value) {

    /** None. */
    public static final Percentage NONE = new Percentage(0);

    /** All. */
    public static final Percentage ALL = new Percentage(100);

    public Percentage {
        if (value < 0 || value > 100) {
            throw new IllegalArgumentException(
                    "%d %% is no share: allowed are 0 to 100. Give a whole number in between.".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value + " %";
    }
}
