package dev.strangler.contracts;

import org.jspecify.annotations.Nullable;

/** A payload that does not hold the state it should. Trying again does not help. */
public class UnreadablePayload extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadablePayload(Class<?> type, String fact, @Nullable Throwable cause) {
        super(
                "Cannot read a " + type.getSimpleName() + ": " + fact
                        + ". The publisher must send what the schema of this event type demands.",
                cause);
    }
}
