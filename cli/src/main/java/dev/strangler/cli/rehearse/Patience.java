package dev.strangler.cli.rehearse;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something, within a limit. */
final class Patience {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration UNTIL_LOADED = Duration.ofSeconds(30);
    private static final int WRITES_BETWEEN = 100;

    private Patience() {}

    /** Asks again and again until it is so, or the limit is over: whoever needs to know which looks afterwards. */
    static void await(Duration limit, BooleanSupplier isReached) {
        var end = System.nanoTime() + limit.toNanos();
        while (!isReached.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Until clients have written so much more that whoever owns now has taken some of it. */
    static void awaitWrites(Recording recording) {
        var goal = recording.acknowledgedSoFar() + WRITES_BETWEEN;
        await(UNTIL_LOADED, () -> recording.acknowledgedSoFar() >= goal);
    }
}
