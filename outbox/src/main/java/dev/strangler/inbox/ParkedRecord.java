package dev.strangler.inbox;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The first parked record of a key.
 *
 * @param key what it is parked under
 * @param verdict what an operator wants to happen to it; none yet if null
 */
record ParkedRecord(
        AggregateKey key,
        LogRecord record,
        int attempts,
        @Nullable Verdict verdict) {

    enum Verdict {
        /** It is applied once more, then those behind it. */
        RETRY,
        /** It is laid aside for good, then those behind it are applied. */
        SKIP
    }

    TopicPartition partition() {
        return record.partition();
    }

    long offset() {
        return record.offset();
    }
}
