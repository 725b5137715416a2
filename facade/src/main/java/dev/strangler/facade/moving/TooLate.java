package dev.strangler.facade.moving;

import dev.strangler.cutover.workflow.Operation;
import java.util.Locale;

/** The operation is past the point of no return: nothing was taken back, and nothing will be. */
public final class TooLate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLate(Operation operation) {
        super(
                "%s is past the point of no return: the %s owns '%s' under epoch %s, and the operation only goes forward. Once it is over, hand the writes back with %s."
                        .formatted(
                                operation.id(),
                                operation.target().name().toLowerCase(Locale.ROOT),
                                operation.feature(),
                                operation.to(),
                                operation.direction() == dev.strangler.cutover.Direction.FORWARD ? "back" : "cutover"));
    }
}
