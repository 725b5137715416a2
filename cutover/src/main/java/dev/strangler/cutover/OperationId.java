package dev.strangler.cutover;

/** Names one operation on a feature, such as a cutover, wherever it leaves a trace: in the journal, in both fences, in its markers. */
public record OperationId(String value) {

    public OperationId {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "The name of an operation is blank. Give each operation a name of its own.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
