package dev.strangler.cutover.workflow;

import dev.strangler.cutover.workflow.Streams.Trip;
import java.time.Duration;
import java.util.Optional;

/** Judges how a tracer fared: what counts is an event that went the whole way, not a metric of the way. */
final class Trips {

    private Trips() {}

    static String limit(Limits limits) {
        return "arrived within the last %d s, in at most %d ms"
                .formatted(limits.tracerAge().toSeconds(), limits.roundTrip().toMillis());
    }

    static Gate gate(StepName step, String name, Optional<Trip> found, Scene scene) {
        var limits = scene.limits();
        var wayOut = "Look at the relay and the consumers of that direction.";
        return found.map(trip -> {
                    var age = Duration.between(trip.arrivedAt(), scene.clock().instant());
                    var isGood = age.compareTo(limits.tracerAge()) <= 0
                            && trip.took().compareTo(limits.roundTrip()) <= 0;
                    return Gate.of(
                            step,
                            name,
                            isGood,
                            "took %d ms, %d s ago".formatted(trip.took().toMillis(), age.toSeconds()),
                            limit(limits),
                            wayOut);
                })
                .orElseGet(() -> Gate.of(step, name, false, "none has arrived", limit(limits), wayOut));
    }
}
