package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The running façades and the version of each route that each of them routes by. */
public interface Instances {

    /**
     * One façade.
     *
     * @param name host, port and a random part
     * @param startedAt control database's clock
     * @param seenAt when it last reported, control database's clock
     * @param acknowledged the version of each route that it routes by; a feature that nobody changed may be missing
     * @param holds the hold that it obeys, per feature, as {@link Holds.Hold#acknowledgement} says it
     */
    record Instance(
            String name,
            Instant startedAt,
            Instant seenAt,
            Map<FeatureName, Long> acknowledged,
            Map<FeatureName, String> holds) {

        public Instance {
            acknowledged = Map.copyOf(acknowledged);
            holds = Map.copyOf(holds);
        }

        /** Whether it routes by that version of the feature's route or by a later one. */
        public boolean hasAcknowledged(FeatureName feature, long version) {
            return version <= acknowledged.getOrDefault(feature, 1L);
        }

        /** Whether it obeys that hold. */
        public boolean obeys(Holds.Hold hold) {
            return hold.acknowledgement().equals(holds.get(hold.feature()));
        }
    }

    /**
     * Reports that the named façade is alive and what it routes by. Versions are per feature and not one number over all changes, since
     * changes of two features may become visible in another order than they were numbered in.
     *
     * @param holds the hold that it obeys, per feature, as {@link Holds.Hold#acknowledgement} says it
     */
    void report(String name, Map<FeatureName, Long> acknowledged, Map<FeatureName, String> holds);

    /** Those that reported within that time, by name. */
    List<Instance> seenWithin(Duration freshness);

    /** Forgets a façade that ends in good order, and those silent for a day. */
    void leave(String name);
}
