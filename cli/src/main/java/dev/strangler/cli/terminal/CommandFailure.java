package dev.strangler.cli.terminal;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and a message of fact, limit and way out. Shown without a stack trace. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** A failure without an underlying exception. */
    public CommandFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** A failure that an exception caused; the cause is shown only with {@code STRANGLER_DEBUG=1}. */
    public CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
