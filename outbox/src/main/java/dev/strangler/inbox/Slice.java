package dev.strangler.inbox;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring records of one partition that are applied in one transaction.
 *
 * @param expected the position that must be in the database for the records to be applied
 * @param next the position afterwards
 */
record Slice(TopicPartition partition, long expected, long next, List<LogRecord> records) {

    static Slice of(TopicPartition partition, long expected, List<LogRecord> records) {
        return new Slice(partition, expected, records.get(records.size() - 1).offset() + 1, records);
    }

    /** When the last event in it occurred. */
    @Nullable
    Instant eventTime() {
        for (int i = records.size() - 1; i >= 0; i--) {
            var event = records.get(i).event();
            if (event != null) {
                return event.occurredAt();
            }
        }
        return null;
    }
}
