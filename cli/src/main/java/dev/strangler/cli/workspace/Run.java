package dev.strangler.cli.workspace;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} started: written after every part, so that a crash leaves a true list behind.
 *
 * @param portOffset see {@link Addresses}
 * @param startedAt when {@code up} began
 * @param supervisor the {@code up} that stays in the foreground and watches; absent when detached
 * @param parts in the order in which they were started
 */
public record Run(
        int portOffset, Instant startedAt, @Nullable ProcessIdentity supervisor, List<RunningPart> parts) {

    /** Copies the parts. */
    public Run {
        parts = List.copyOf(parts);
    }

    /** Where the parts listen. */
    public Addresses addresses() {
        return new Addresses(portOffset);
    }
}
