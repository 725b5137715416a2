package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Looks at something that was begun. It goes on though nobody can be asked about it, so a façade that is away or in trouble is asked again for a
 * while; and nobody is told that nothing was changed.
 */
final class LookingAgain {

    /** As long as a façade takes to come back, or another to take over. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Set<ExitCode> PASSING = Set.of(ExitCode.UNREACHABLE, ExitCode.FAILED);

    private final Duration patience;
    private final String begun;

    /** @param begun what goes on meanwhile, as the beginning of a sentence */
    LookingAgain(Duration patience, String begun) {
        this.patience = patience;
        this.begun = begun;
    }

    /**
     * What was seen.
     *
     * @throws CommandFailure with {@link ExitCode#UNKNOWN} once nothing could be seen for all that time
     */
    JsonNode look(Supplier<JsonNode> looking) {
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return looking.get();
            } catch (CommandFailure failure) {
                if (!PASSING.contains(failure.exitCode())
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                if (System.nanoTime() - end > 0) {
                    throw new CommandFailure(
                            ExitCode.UNKNOWN,
                            "%s has begun and goes on by itself; how far it is could not be seen for %d s (%s)"
                                    .formatted(begun, patience.toSeconds(), failure.getMessage()),
                            failure);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }
}
