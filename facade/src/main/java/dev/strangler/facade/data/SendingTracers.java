package dev.strangler.facade.data;

import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Tracers;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a marker one way through the stream of a feature, as any change of it would go, and notes what became of it.
 *
 * @param crossings on which it travels
 */
public record SendingTracers(FeatureMap map, Tracers tracers, Crossings crossings, Clock clock) {

    /** A compacted topic keeps one record of each key for ever, so names come round again. */
    private static final int NAMES = 64;

    /**
     * Sends one out of turn, for whoever has to know how the stream is at this moment, and not how it was a while ago.
     *
     * @return how long it took; empty when it had not arrived within the limit
     */
    public Optional<Duration> sendNow(Feature feature, Direction direction, Duration limit) {
        var round = tracers.claim(feature.name(), direction, Duration.ZERO).orElseThrow();
        return send(feature, direction, round, limit);
    }

    /** Sends that round's; answers and throws as {@link #sendNow}. What was thrown is noted first. */
    Optional<Duration> send(Feature feature, Direction direction, long round, Duration limit) {
        try {
            var origin = map.deployable(feature, direction.from()).name();
            var crossing = crossings.begin(feature, direction, "tracer-%s-%s".formatted(origin, round % NAMES));
            if (!crossings.await(crossing, limit)) {
                tracers.inTrouble(
                        feature.name(),
                        direction,
                        "A marker sent at %s has not arrived within %d ms."
                                .formatted(crossing.sentAt(), limit.toMillis()));
                return Optional.empty();
            }
            var arrivedAt = clock.instant();
            tracers.arrived(feature.name(), direction, crossing.sentAt(), arrivedAt);
            return Optional.of(Duration.between(crossing.sentAt(), arrivedAt));
        } catch (RuntimeException away) {
            tracers.inTrouble(
                    feature.name(),
                    direction,
                    String.valueOf(Reading.unknown(away).unknown()));
            throw away;
        }
    }
}
