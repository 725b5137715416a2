package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Waits until every event that was written before has been applied by every consumer, as far as the control API knows. A tracer that set out
 * afterwards and has arrived proves that each partition has been relayed up to it; the relay's own position lags, since tracers keep it busy.
 */
final class CatchingUp {

    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private final ControlApi control;
    private final Duration limit;

    CatchingUp(ControlApi control, Duration limit) {
        this.control = control;
        this.limit = limit;
    }

    /** Whether all of them caught up within the limit. */
    boolean await() {
        var begun = System.nanoTime();
        var end = begun + limit.toNanos();
        while (!isCaughtUp(begun)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private boolean isCaughtUp(long begun) {
        try {
            var features = control.get("/control/features");
            return isCaughtUp(features, Duration.ofNanos(System.nanoTime() - begun));
        } catch (CommandFailure notNow) {
            return false;
        }
    }

    /**
     * What is unknown counts as not caught up.
     *
     * @param waited since the moment up to which everything should have been applied
     */
    static boolean isCaughtUp(JsonNode features, Duration waited) {
        var all = ControlApi.items(features);
        return !all.isEmpty() && all.stream().allMatch(feature -> isFeatureCaughtUp(feature, waited));
    }

    private static boolean isFeatureCaughtUp(JsonNode feature, Duration waited) {
        if (!hasTracerArrived(feature.path("data").path("value").path("tracings"), waited)) {
            return false;
        }
        var consumers = feature.path("consumers");
        for (var side : consumers) {
            var known = side.path("consumers").path("value");
            if (known.isEmpty()) {
                return false;
            }
            for (var consumer : known) {
                if (consumer.path("behind").asLong(1) > 0
                        || consumer.path("parkedKeys").asLong(1) > 0) {
                    return false;
                }
            }
        }
        return !consumers.isEmpty();
    }

    private static boolean hasTracerArrived(JsonNode tracings, Duration waited) {
        for (var tracing : tracings) {
            if (tracing.path("direction").asString("").equals("forward")) {
                // The age is told in whole seconds.
                var setOut = 1_000 * (tracing.path("ageSeconds").asLong(Integer.MAX_VALUE) + 1)
                        + tracing.path("roundTripMillis").asLong(Integer.MAX_VALUE);
                return setOut < waited.toMillis();
            }
        }
        return false;
    }
}
