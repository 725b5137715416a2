package dev.strangler.inbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out where to read a partition from: at its stored position, at the beginning if there is none, or not at all. */
final class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BROKER_PAUSE = Duration.ofSeconds(1);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(5);

    private final String consumer;
    private final Positions positions;

    Settling(String consumer, Positions positions) {
        this.consumer = consumer;
        this.positions = positions;
    }

    void settle(List<Hand> unsettled, Hands hands) {
        var partitions = unsettled.stream().map(Hand::partition).toList();
        Map<TopicPartition, Long> begins;
        Map<TopicPartition, Long> ends;
        try {
            begins = hands.kafka().beginningOffsets(partitions, PATIENCE);
            ends = hands.kafka().endOffsets(partitions, PATIENCE);
        } catch (RetriableException e) {
            for (var hand : unsettled) {
                hand.unsettle(
                        "The broker does not say where the log begins and ends: " + e.getMessage(),
                        BROKER_PAUSE,
                        System.nanoTime());
            }
            return;
        }
        var stored = startNew(unsettled, begins);
        for (var hand : unsettled) {
            var partition = hand.partition();
            long begin = requireNonNull(begins.get(partition), "no beginning");
            long end = requireNonNull(ends.get(partition), "no end");
            long next = stored.getOrDefault(partition, begin);
            hand.heardEnd(end);
            if (next < begin || next > end) {
                hand.refuse(next, refusal(partition, next, begin, end), REFUSED_PAUSE, System.nanoTime());
            } else {
                hands.kafka().seek(partition, next);
                hand.settle(next);
            }
        }
    }

    /** The log does not have the position of a partition that was being read. */
    void outOfRange(Hand hand) {
        // The next look at the log says exactly what is missing.
        hand.unsettle("The log no longer has offset " + hand.expected() + ".", Duration.ZERO, System.nanoTime());
    }

    private Map<TopicPartition, Long> startNew(List<Hand> unsettled, Map<TopicPartition, Long> begins) {
        var stored = positions.read();
        var starts = new HashMap<TopicPartition, Long>();
        for (var hand : unsettled) {
            if (!stored.containsKey(hand.partition())) {
                starts.put(hand.partition(), begins.get(hand.partition()));
            }
        }
        if (starts.isEmpty()) {
            return stored;
        }
        positions.start(starts);
        starts.forEach((partition, offset) -> {
            if (offset > 0) {
                log.warn(
                        "Consumer '{}' starts {} at offset {}: what was before is no longer in the log. Aggregates that have not changed since are missing here until they are published again.",
                        consumer,
                        partition,
                        offset);
            } else {
                log.info("Consumer '{}' starts {} at its beginning.", consumer, partition);
            }
        });
        return positions.read();
    }

    private String refusal(TopicPartition partition, long next, long begin, long end) {
        var fact = next < begin
                ? "the next offset to apply is %d, the log begins at %d: %d records were deleted unread"
                        .formatted(next, begin, begin - next)
                : "the next offset to apply is %d, the log ends at %d: the topic was created anew or has lost records"
                        .formatted(next, end);
        return ("%s: %s; allowed is %d to %d. Nothing is skipped by itself. Publish the missing aggregates again (backfill), then set the position: "
                        + "update strangler.inbox_position set next_offset = %s, epoch = 0 where consumer = '%s' and topic = '%s' and partition = %s")
                .formatted(partition, fact, begin, end, begin, consumer, partition.topic(), partition.partition());
    }
}
