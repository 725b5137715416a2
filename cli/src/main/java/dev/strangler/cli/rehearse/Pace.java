package dev.strangler.cli.rehearse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Gives each write its moment, so that all clients together keep an even rate; who is late goes on at once. */
final class Pace {

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Pace(int perSecond) {
        this.interval = Duration.ofSeconds(1).toNanos() / perSecond;
    }

    void awaitTurn() {
        var now = System.nanoTime();
        // What could not be written while nobody was allowed to is not made up for.
        var turn = next.updateAndGet(last -> Math.max(last + interval, now - interval));
        while (System.nanoTime() < turn && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(turn - System.nanoTime());
        }
    }
}
