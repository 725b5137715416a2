package dev.strangler.cutover.workflow;

/** A step could not do its work within its limits; says fact, limit and way out. */
public final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepFailed(String message) {
        super(message);
    }
}
