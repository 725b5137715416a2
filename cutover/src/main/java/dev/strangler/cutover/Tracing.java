package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the tracer of a feature knows of one direction: markers are sent every few seconds, and their arrival is noted.
 *
 * @param sentAt when the newest marker that has arrived was sent; null before the first
 * @param arrivedAt when it arrived; null before the first
 * @param trouble why the one sent after it has not arrived, as far as that is known; null when all is well
 */
public record Tracing(
        FeatureName feature,
        Direction direction,
        @Nullable Instant sentAt,
        @Nullable Instant arrivedAt,
        @Nullable String trouble) {

    /** How long the newest arrived marker took from its commit to the other side's inbox; null before the first. */
    public @Nullable Duration roundTrip() {
        return sentAt == null || arrivedAt == null ? null : Duration.between(sentAt, arrivedAt);
    }

    /** How long ago a change would have crossed for certain; null when none ever did. */
    public @Nullable Duration age(Instant now) {
        return sentAt == null ? null : Duration.between(sentAt, now);
    }

    /** Whether a marker crossed within {@code oldest}, in no more than {@code slowest}. */
    public boolean isFresh(Instant now, Duration oldest, Duration slowest) {
        var age = age(now);
        var roundTrip = roundTrip();
        return age != null && roundTrip != null && age.compareTo(oldest) <= 0 && roundTrip.compareTo(slowest) <= 0;
    }
}
