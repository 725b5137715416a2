package dev.strangler.sandbox;

import org.jspecify.annotations.Nullable;

/** A part of the sandbox could not do what it was asked; the message says the fact, the limit and the way out. */
public class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }

    SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
