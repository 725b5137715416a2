package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.util.Optional;

/** How events of the feature flow; asked before a handover, never during one. */
public interface Streams {

    /** How that side's relay fares, {@code RUNNING} when it does. */
    String relay(Side side);

    /** How many records of the feature's topic the slowest consumer on that side has not applied. */
    long behind(Side side);

    /** How many keys that side's consumers of the topic have parked. */
    long parked(Side side);

    /**
     * Sends a tracer the whole way in that direction and waits for it: a relay or a broker that has just been away tells nothing by what arrived before.
     *
     * @return how long it took; empty when it had not arrived within the limit
     */
    Optional<Duration> trip(Direction direction, Duration limit);
}
