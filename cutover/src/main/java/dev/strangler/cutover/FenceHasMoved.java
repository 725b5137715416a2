package dev.strangler.cutover;

/** The fence does not stand where the caller left it, or there is none; nothing was changed. The message says how it stands. */
public final class FenceHasMoved extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message fact and way out, in the database's words */
    public FenceHasMoved(String message, Throwable cause) {
        super(message, cause);
    }
}
