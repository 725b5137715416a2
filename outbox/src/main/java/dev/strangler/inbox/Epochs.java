package dev.strangler.inbox;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The highest epoch seen in each partition of one batch. A partition tells one feature's story, so what comes behind a higher epoch and was written
 * under a lower one comes from a former owner: a late repetition at best, a second writer at worst.
 */
final class Epochs {

    private final Map<TopicPartition, Long> highest;
    private final Map<TopicPartition, Long> raised = new HashMap<>();

    /** @param stored the highest epochs before the batch */
    Epochs(Map<TopicPartition, Long> stored) {
        this.highest = new HashMap<>(stored);
    }

    /** Whether the record was written by a former owner; asked in the order of the log. An unreadable one is not said to be. */
    boolean isStale(LogRecord record) {
        if (record.event() == null) {
            return false;
        }
        long epoch = record.event().epoch();
        long known = highest.getOrDefault(record.partition(), 0L);
        if (epoch > known) {
            highest.put(record.partition(), epoch);
            raised.put(record.partition(), epoch);
        }
        return epoch < known;
    }

    /** Those that are higher after the batch than before. */
    Map<TopicPartition, Long> raised() {
        return raised;
    }
}
