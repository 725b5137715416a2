package dev.strangler.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** The partitions that this instance reads. */
final class Hands implements ConsumerRebalanceListener {

    private final String consumerName;
    private final int maxBatch;
    private final LogReader reader;
    private final Map<TopicPartition, Hand> hands = new LinkedHashMap<>();
    private final Consumer<String, String> kafka;
    private int turn;

    Hands(String consumerName, int maxBatch, LogReader reader) {
        this.consumerName = consumerName;
        this.maxBatch = maxBatch;
        this.reader = reader;
        this.kafka = reader.open(this);
        onPartitionsAssigned(kafka.assignment());
    }

    Consumer<String, String> kafka() {
        return kafka;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            hands.put(partition, new Hand(consumerName, partition, maxBatch, System.nanoTime()));
            // Nothing is fetched from here: it is paused until its position has been read from the database.
            kafka.seek(partition, 0);
        }
        kafka.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(hands::remove);
    }

    Collection<Hand> all() {
        return hands.values();
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(hands.keySet());
    }

    Optional<Hand> of(TopicPartition partition) {
        return Optional.ofNullable(hands.get(partition));
    }

    void take(ConsumerRecords<String, String> polled) {
        for (var partition : polled.partitions()) {
            var hand = hands.get(partition);
            if (hand == null || !hand.isSettled()) {
                continue;
            }
            var read = new ArrayList<LogRecord>();
            for (var record : polled.records(partition)) {
                if (!reader.leavesOut(partition, record.offset())) {
                    read.add(Reading.read(partition, record));
                }
            }
            hand.take(read);
        }
    }

    /** Those whose position has to be read, and may be by now. */
    List<Hand> unsettled(long now) {
        return hands.values().stream()
                .filter(hand -> !hand.isSettled() && hand.isDue(now))
                .toList();
    }

    /** The groups to be applied next, each in one transaction. */
    List<List<Hand>> due(long now) {
        var together = new ArrayList<Hand>();
        var groups = new ArrayList<List<Hand>>();
        int records = 0;
        for (var hand : inTurn()) {
            if (!hand.isSettled() || !hand.isDue(now) || !hand.hasBelow(reader.reach(hand.partition()))) {
                continue;
            }
            if (hand.isSociable() && records < maxBatch) {
                together.add(hand);
                records += hand.size();
            } else if (!hand.isSociable()) {
                groups.add(List.of(hand));
            }
        }
        if (!together.isEmpty()) {
            groups.add(together);
        }
        return groups;
    }

    /** Each time another one comes first, so that none is left behind when not all find room in one transaction. */
    private List<Hand> inTurn() {
        var all = new ArrayList<>(hands.values());
        Collections.rotate(all, turn++);
        return all;
    }

    /** Nanoseconds until one is due, at most {@code most}. */
    long untilDue(long now, long most) {
        long least = most;
        for (var hand : hands.values()) {
            boolean hasWork = !hand.isSettled() || hand.hasBelow(reader.reach(hand.partition()));
            if (hasWork) {
                least = Math.min(least, hand.untilDue(now));
            }
        }
        return Math.max(0, least);
    }

    /**
     * Lets the log deliver only for those that hold nothing: so what is in memory stays bounded, and polling goes on as a
     * sign of life however long one waits.
     */
    void steer() {
        var paused = kafka.paused();
        var pause = new ArrayList<TopicPartition>();
        var resume = new ArrayList<TopicPartition>();
        for (var hand : hands.values()) {
            boolean ready = hand.isSettled() && hand.isEmpty();
            boolean isPaused = paused.contains(hand.partition());
            if (ready && isPaused) {
                resume.add(hand.partition());
            } else if (!ready && !isPaused) {
                pause.add(hand.partition());
            }
        }
        kafka.pause(pause);
        kafka.resume(resume);
    }
}
