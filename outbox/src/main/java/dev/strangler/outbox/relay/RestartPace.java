package dev.strangler.outbox.relay;

import java.time.Duration;

/**
 * How long to wait between restarts of a failed task: doubling, within bounds.
 *
 * @param first pause before the second attempt; the first is made at once
 * @param longest no pause is longer
 * @param settled after running this long, the next failure starts anew with the first pause
 */
public record RestartPace(Duration first, Duration longest, Duration settled) {

    private static final int MAX_DOUBLINGS = 20;

    /** 1 s, 2 s, 4 s, up to a minute; settled after two minutes. */
    public static final RestartPace STANDARD =
            new RestartPace(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(2));

    /** The pause after so many attempts, from 0. */
    Duration after(int attempts) {
        if (attempts == 0) {
            return Duration.ZERO;
        }
        var pause = first.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
