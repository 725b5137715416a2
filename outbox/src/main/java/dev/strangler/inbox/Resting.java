package dev.strangler.inbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that are not tried again for a while, longer each time. */
final class Resting {

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final BackOff backOff;
    private final Map<AggregateKey, Rest> rests = new HashMap<>();

    private record Rest(int times, long until) {}

    Resting(BackOff backOff) {
        this.backOff = backOff;
    }

    /** Those that rest at that moment. */
    Set<AggregateKey> keys(long now) {
        // Whoever did not come back for so long has been seen to by another instance; the others wait for their turn.
        rests.values().removeIf(rest -> now - rest.until() > FORGOTTEN.toNanos());
        return rests.entrySet().stream()
                .filter(rest -> now - rest.getValue().until() < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How often it has come too early, without getting through since. */
    int times(AggregateKey key) {
        var rest = rests.get(key);
        return rest == null ? 0 : rest.times();
    }

    void add(AggregateKey key, long now) {
        int times = times(key) + 1;
        rests.put(key, new Rest(times, now + backOff.after(times).toNanos()));
    }

    void remove(AggregateKey key) {
        rests.remove(key);
    }
}
