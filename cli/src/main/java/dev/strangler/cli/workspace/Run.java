package dev.strangler.cli.workspace;

import dev.strangler.sandbox.ProcessIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That something was started here, and who looks after it.
 *
 * @param portOffset see {@link Addresses}
 * @param startedAt when {@code up} began
 * @param supervisor the {@code up} that starts or watches the parts; absent once it has left them running on their own
 */
public record Run(
        int portOffset, Instant startedAt, @Nullable ProcessIdentity supervisor) {

    /** Where the parts listen. */
    public Addresses addresses() {
        return new Addresses(portOffset);
    }

    /** Whether the {@code up} that looks after the parts lives. */
    public boolean isSupervised() {
        return supervisor != null && supervisor.process().isPresent();
    }

    /** The same run, left on its own. */
    public Run detached() {
        return new Run(portOffset, startedAt, null);
    }
}
