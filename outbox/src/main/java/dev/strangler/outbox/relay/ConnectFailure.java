package dev.strangler.outbox.relay;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connect could not be reached in time, or refused a request. */
public final class ConnectFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int TIMED_OUT = 504;

    private final int status;

    private ConnectFailure(String message, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static ConnectFailure unreachable(URI uri, Throwable cause) {
        return new ConnectFailure(
                "Kafka Connect at %s does not answer (%s). Start it, or correct its address.".formatted(uri, cause),
                0,
                cause);
    }

    static ConnectFailure refused(URI uri, int status, String body) {
        return new ConnectFailure("Kafka Connect refused %s with %d: %s".formatted(uri, status, body), status, null);
    }

    static ConnectFailure late(String connector, String state, Duration limit, String last) {
        return new ConnectFailure(
                "Connector %s is not %s after %d s: %s. See the log of Connect."
                        .formatted(connector, state, limit.toSeconds(), last),
                TIMED_OUT,
                null);
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** Whether there was no answer at all. */
    public boolean isUnreachable() {
        return status == 0;
    }
}
