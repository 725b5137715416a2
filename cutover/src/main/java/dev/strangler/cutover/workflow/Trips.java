package dev.strangler.cutover.workflow;

import java.time.Duration;
import java.util.Optional;

/** Judges how a tracer fared that was sent for it: what counts is an event that goes the whole way now, not a metric of the way. */
final class Trips {

    private Trips() {}

    static String limit(Limits limits) {
        return "one sent now arrives within %d ms"
                .formatted(limits.before().roundTrip().toMillis());
    }

    static Gate gate(StepName step, String name, Optional<Duration> took, Scene scene) {
        var limits = scene.limits();
        return Gate.of(
                step,
                name,
                took.filter(time -> time.compareTo(limits.before().roundTrip()) <= 0)
                        .isPresent(),
                took.map(time -> "took %d ms".formatted(time.toMillis()))
                        .orElse("had not arrived after %d ms"
                                .formatted(limits.before().roundTrip().toMillis())),
                limit(limits),
                "Look at the relay and the consumers of that direction. Right after a restart wait some seconds.");
    }
}
