package dev.strangler.cutover;

/** A comparison that could not be made; the message says why and the way out. */
public final class ParityRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ParityRefused(String message) {
        super(message);
    }
}
