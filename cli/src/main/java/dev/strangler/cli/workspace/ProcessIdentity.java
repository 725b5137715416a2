package dev.strangler.cli.workspace;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that is recognised again: by its id and the instant it began, since ids are used again.
 *
 * @param startedAt as the operating system says; absent where it does not
 */
public record ProcessIdentity(long pid, @Nullable Instant startedAt) {

    /** The process with this id, as it is now. */
    public static ProcessIdentity of(long pid) {
        return new ProcessIdentity(
                pid,
                ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().startInstant())
                        .orElse(null));
    }

    /** The process of this JVM. */
    public static ProcessIdentity current() {
        return of(ProcessHandle.current().pid());
    }

    /** The handle, unless the process is gone or its id now belongs to another. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startedAt == null
                        || handle.info().startInstant().map(startedAt::equals).orElse(true));
    }

    /** Whether that very process still runs. */
    public boolean isRunning() {
        return handle().isPresent();
    }
}
