package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;

/**
 * Markers that travel from one side's outbox to the other side's inbox like any change. Once they have arrived, so has everything that
 * was committed before they were sent.
 */
public interface Crossings {

    /**
     * One marker per partition, on their way.
     *
     * @param name of all of them
     * @param partitions how many there are, numbered from 0
     * @param sentAt when they were committed
     */
    record Crossing(Feature feature, Direction direction, String name, int partitions, Instant sentAt) {}

    /**
     * Sends markers of that name through every partition of the feature's topic. A name may be used again; what arrived under it before no
     * longer counts.
     *
     * @throws StreamAway when the broker does not say which partitions there are; then none was sent
     */
    Crossing begin(Feature feature, Direction direction, String name);

    /**
     * Whether every consumer of the receiving side that keeps the feature's aggregates has passed all markers. False as long as there is no
     * such consumer.
     */
    boolean hasArrived(Crossing crossing);

    /** Waits until it has arrived; says whether that came about in time. Ends early when the thread is interrupted. */
    default boolean await(Crossing crossing, Duration limit) {
        return Patience.until(() -> hasArrived(crossing), limit);
    }
}
