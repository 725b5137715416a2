package dev.strangler.cutover.workflow;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Time that only runs forward, and waiting for it. A test brings its own. */
public interface Waiting {

    /** The real one. */
    Waiting REAL = new Waiting() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) {
            LockSupport.parkNanos(time.toNanos());
        }
    };

    /** Nanoseconds since some moment. */
    long nanos();

    /** Lets that time pass, or less. */
    void pause(Duration time);

    /** Asks again and again, with that pause between, until it is so or the time is over; answers whether it is so. */
    default boolean until(BooleanSupplier condition, Duration pause, Duration limit) {
        var end = nanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (nanos() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause(pause);
        }
        return true;
    }
}
