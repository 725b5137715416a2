package dev.strangler.cutover.workflow;

import dev.strangler.cutover.OperationId;

/** Somebody else carries on with this operation. Whoever meets this stops at once, and takes nothing back. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param holder who tried to go on */
    public LeaseLost(OperationId operation, String holder) {
        super(
                "%s no longer leads %s: its lease ran out and another took it, or the operation is over. Look at its journal."
                        .formatted(holder, operation));
    }
}
