package dev.strangler.cutover;

import java.util.UUID;

/** Names one operation on a feature, such as a cutover, wherever it leaves a trace: in the journal, in both fences, in its markers. */
public record OperationId(String value) {

    private static final int RANDOM_DIGITS = 12;

    public OperationId {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "The name of an operation is blank. Give each operation a name of its own.");
        }
    }

    /** A name that nobody had before. */
    public static OperationId random() {
        var digits = UUID.randomUUID().toString().replace("-", "");
        return new OperationId("op-" + digits.substring(0, RANDOM_DIGITS));
    }

    @Override
    public String toString() {
        return value;
    }
}
