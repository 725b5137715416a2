package dev.strangler.facade.routes;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Holds.Hold;
import dev.strangler.cutover.Holds.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does what the stored holds say at this instance, and tells which it obeys. A hold is obeyed once no write that was let through earlier
 * is under way, or once it was waited for long enough: a client that sends slowly must not keep everybody else waiting.
 */
public final class ObeyingHolds {

    private final Gate gate;
    private final Duration patience;
    private Map<FeatureName, Obeyed> obeyed = Map.of();

    /** Where this instance's writes pass. */
    public interface Gate {

        void hold(FeatureName feature);

        void release(FeatureName feature);

        int underWay(FeatureName feature);
    }

    private record Obeyed(Hold hold, long since) {}

    /** @param patience how long writes that are under way are waited for */
    public ObeyingHolds(Gate gate, Duration patience) {
        this.gate = gate;
        this.patience = patience;
    }

    /**
     * Holds what is to be held from now on, and lets go what is no longer. The holds must have been read before the routes that this
     * instance goes by: a hold that is gone then means that the routes are those of after it.
     */
    void take(List<Hold> inForce) {
        var next = new LinkedHashMap<FeatureName, Obeyed>();
        for (var hold : inForce) {
            var before = obeyed.get(hold.feature());
            var isKnown = before != null && before.hold().equals(hold);
            if (!isKnown && hold.stage() == Stage.HELD) {
                gate.hold(hold.feature());
            }
            next.put(hold.feature(), before != null && isKnown ? before : new Obeyed(hold, System.nanoTime()));
        }
        releaseOthers(next);
        obeyed = next;
    }

    /** The hold that is obeyed, per feature, as its acknowledgement says it. */
    Map<FeatureName, String> acknowledgements() {
        var acknowledgements = new LinkedHashMap<FeatureName, String>();
        obeyed.forEach((feature, known) -> {
            if (isObeyed(known)) {
                acknowledgements.put(feature, known.hold().acknowledgement());
            }
        });
        return acknowledgements;
    }

    /** Whether something is about to change, so that every millisecond counts. */
    boolean isBusy() {
        return !obeyed.isEmpty();
    }

    private boolean isObeyed(Obeyed known) {
        return known.hold().stage() == Stage.ARMED
                || gate.underWay(known.hold().feature()) == 0
                || System.nanoTime() - known.since() >= patience.toNanos();
    }

    private void releaseOthers(Map<FeatureName, Obeyed> next) {
        obeyed.forEach((feature, known) -> {
            var now = next.get(feature);
            if (known.hold().stage() == Stage.HELD && (now == null || now.hold().stage() != Stage.HELD)) {
                gate.release(feature);
            }
        });
    }
}
