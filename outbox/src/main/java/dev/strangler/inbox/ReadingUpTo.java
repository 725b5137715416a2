package dev.strangler.inbox;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** Reads every partition alone, from the beginning, and never beyond where the live consumer is. */
final class ReadingUpTo implements LogReader {

    /** A record's place in the log. */
    record Place(TopicPartition partition, long offset) {}

    private final InboxSettings settings;
    private final Set<Place> skipped;
    private volatile Map<TopicPartition, Long> positions;

    ReadingUpTo(InboxSettings settings, Map<TopicPartition, Long> positions, Set<Place> skipped) {
        this.settings = settings;
        this.positions = Map.copyOf(positions);
        this.skipped = new HashSet<>(skipped);
    }

    /** Lets the reader come up to these positions. */
    void extendTo(Map<TopicPartition, Long> further) {
        positions = Map.copyOf(further);
    }

    @Override
    public Consumer<String, String> open(ConsumerRebalanceListener listener) {
        return LogReader.alone(settings, positions.keySet());
    }

    @Override
    public long reach(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    @Override
    public boolean leavesOut(TopicPartition partition, long offset) {
        return !skipped.isEmpty() && skipped.contains(new Place(partition, offset));
    }
}
