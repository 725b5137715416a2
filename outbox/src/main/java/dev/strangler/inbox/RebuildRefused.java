package dev.strangler.inbox;

/** Thrown when a {@link Rebuild} cannot be done, or its result must not be used; the live projection is as it was. */
public class RebuildRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RebuildRefused(String message) {
        super(message);
    }

    RebuildRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
