package dev.strangler.outbox.relay;

import java.time.Duration;

/**
 * How eagerly the connector hands over what it has read: the wait is the latency at modest load, and its price is CPU.
 *
 * @param poll longest wait for a batch to fill
 * @param linger longest wait of the producer for a batch to fill
 * @param heartbeat time between two heartbeats, which is how long an idle slot holds on to the log of other tables
 */
public record RelayPace(Duration poll, Duration linger, Duration heartbeat) {

    /** A few milliseconds from commit to Kafka, for a third of a core at 500 events per second. */
    public static final RelayPace PROMPT =
            new RelayPace(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofSeconds(10));

    /** About 10 ms from commit to Kafka, for half the CPU. */
    public static final RelayPace THRIFTY =
            new RelayPace(Duration.ofMillis(10), Duration.ofMillis(5), Duration.ofSeconds(30));
}
