package dev.strangler.facade.moving;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What failed is tried again later and later, and told once until it fails for another reason. For one thread.
 *
 * @param <T> what is tried
 */
final class BackingOff<T> {

    private final Duration first;
    private final Duration longest;
    private final Clock clock;
    private final Map<T, Failure> failures = new HashMap<>();

    private record Failure(String reason, Duration pause, Instant until) {}

    /**
     * @param first how long it is left alone after it failed; twice as long after each further time
     * @param longest up to that
     */
    BackingOff(Duration first, Duration longest, Clock clock) {
        this.first = first;
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether it has not failed, or long enough ago. */
    boolean isDue(T tried) {
        var failure = failures.get(tried);
        return failure == null || !clock.instant().isBefore(failure.until());
    }

    /** It failed; answers whether for another reason than the last time. */
    boolean isNews(T failed, String reason) {
        var before = failures.get(failed);
        var pause = before == null ? first : before.pause().multipliedBy(2);
        if (pause.compareTo(longest) > 0) {
            pause = longest;
        }
        failures.put(failed, new Failure(reason, pause, clock.instant().plus(pause)));
        return before == null || !before.reason().equals(reason);
    }

    /** It did not fail this time. */
    void forget(T tried) {
        failures.remove(tried);
    }

    /** Only these are tried any more. */
    void keep(Collection<T> tried) {
        failures.keySet().retainAll(tried);
    }
}
