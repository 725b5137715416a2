package dev.strangler.outbox.relay;

/** The relay cannot or must not be set up as asked. The message says the fact, the limit and the way out. */
public final class RelayRefused extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public RelayRefused(String message) {
        super(message);
    }

    public RelayRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
