package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;

/**
 * What is kept of a rehearsal: whether handing the feature over and back under load was found to lose nothing.
 *
 * @param map the {@link Feature#digest} of what was rehearsed; a feature that is described otherwise by now was not
 * @param at when it began
 * @param handovers that it made
 * @param faults of these during which a part was killed
 * @param violations of what must hold
 * @param isClean without violations, every quiet handover done, without an answer to a client that nobody promised, and none stuck
 * @param who had it made
 */
public record Rehearsal(
        FeatureName feature,
        String map,
        Instant at,
        int handovers,
        int faults,
        int violations,
        boolean isClean,
        String who) {

    /** How long ago it began. */
    public Duration age(Instant now) {
        return Duration.between(at, now);
    }
}
