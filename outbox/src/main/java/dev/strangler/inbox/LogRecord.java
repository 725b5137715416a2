package dev.strangler.inbox;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One record of the log, read or found unreadable.
 *
 * @param key under which its version is kept and under which it would be parked
 * @param event the event; none if the record is empty or unreadable
 * @param problem why it cannot be read; none if it can
 * @param raw what it consists of, asked only when it is parked
 */
record LogRecord(
        TopicPartition partition,
        long offset,
        AggregateKey key,
        @Nullable ReceivedEvent event,
        @Nullable String problem,
        Raw raw) {

    /** The parts of a record as text. */
    interface Raw {

        Map<String, String> headers();

        @Nullable
        String payload();
    }

    /** Whether it only marks a place in the log. */
    boolean isMarker() {
        return event != null && key.type().equals(Markers.TYPE);
    }

    /** Whether there is nothing to apply: an empty value only tells the log to forget the key. */
    boolean isEmpty() {
        return event == null && problem == null;
    }
}
