package dev.strangler.outbox;

/** An event that was not appended, and why. The message says the fact, the limit and the way out. */
public final class AppendRefused extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public AppendRefused(String message) {
        super(message);
    }
}
