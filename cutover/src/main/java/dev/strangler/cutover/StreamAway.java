package dev.strangler.cutover;

/** Markers could not be sent through a stream, since a part of it does not answer; the message says which, why, and the way out. */
public final class StreamAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StreamAway(String message) {
        super(message);
    }
}
