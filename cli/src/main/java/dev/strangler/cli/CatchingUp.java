package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Waits until every event that was written has been applied by every consumer, as far as the control API knows. */
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
        var end = System.nanoTime() + limit.toNanos();
        while (!isCaughtUp()) {
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

    private boolean isCaughtUp() {
        try {
            return isCaughtUp(control.get("/control/features"));
        } catch (CommandFailure notNow) {
            return false;
        }
    }

    /** What is unknown counts as not caught up. */
    static boolean isCaughtUp(JsonNode features) {
        var all = ControlApi.items(features);
        return !all.isEmpty() && all.stream().allMatch(CatchingUp::isFeatureCaughtUp);
    }

    private static boolean isFeatureCaughtUp(JsonNode feature) {
        var relays = feature.path("relays").path("value");
        for (var relay : relays) {
            if (relay.path("lag").path("value").path("oldestSeconds").asDouble(1) > 0) {
                return false;
            }
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
        return !relays.isEmpty() && !consumers.isEmpty();
    }
}
