package dev.strangler.facade.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What strangers may cause within any minute, and no more: so that guessing gets nowhere, and fills no audit. */
public final class Allowance {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Clock clock;
    private final Deque<Instant> taken = new ArrayDeque<>();

    /** @param perMinute how often it may be taken within any minute */
    public Allowance(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Whether nothing of it is left now. */
    public synchronized boolean isSpent() {
        var since = clock.instant().minus(WINDOW);
        while (!taken.isEmpty() && taken.getFirst().isBefore(since)) {
            taken.removeFirst();
        }
        return taken.size() >= perMinute;
    }

    /** Takes one of it; false when nothing was left. */
    public synchronized boolean take() {
        if (isSpent()) {
            return false;
        }
        taken.addLast(clock.instant());
        return true;
    }
}
