package dev.strangler.architecture.flow;

import java.util.List;

/**
 * What one method does, as far as it matters here.
 *
 * @param calls in the order of the code
 * @param fieldWrites in the order of the code
 * @param returned what it can return, merged; nothing known for {@code void}
 */
public record Flow(List<Call> calls, List<FieldWrite> fieldWrites, Known returned) {

    /** Copies its lists. */
    public Flow {
        calls = List.copyOf(calls);
        fieldWrites = List.copyOf(fieldWrites);
    }
}
