package dev.strangler.inbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts, spread by chance so that several instances do not come back all at once. */
record BackOff(Duration first, Duration longest, RandomGenerator random) {

    /** The pause after the given attempt (from 1): twice the one before, at most {@code longest}, shortened by up to a half. */
    Duration after(int attempt) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, 30);
        long wanted = Math.min(
                first.toNanos() << Math.min(doublings, Long.numberOfLeadingZeros(first.toNanos()) - 1),
                longest.toNanos());
        return Duration.ofNanos(wanted / 2 + random.nextLong(wanted / 2 + 1));
    }
}
