package dev.strangler.outbox;

import java.util.regex.Pattern;

/** The side that first wrote a change, e.g. {@code monolith}; the first word of every event id. */
public record Origin(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9]{0,31}");

    /** @throws IllegalArgumentException unless it is a lower-case word of 1 to 32 letters and digits, so that ids split again */
    public Origin {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The origin '%s' is not a lower-case word of 1 to 32 letters and digits, starting with a letter. Set strangler.outbox.origin, e.g. to 'monolith'."
                            .formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
