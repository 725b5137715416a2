package dev.strangler.cutover;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again: often at first, more seldom later. */
public final class Patience {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private Patience() {}

    /** Looks until the condition holds; says whether it did in time. Ends early, with false, when the thread is interrupted. */
    public static boolean until(BooleanSupplier condition, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        var pause = FIRST_PAUSE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE, pause + pause / 8);
        }
        return true;
    }
}
