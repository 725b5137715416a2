package dev.strangler.facade.sides;

import dev.strangler.facade.sides.BrowsingTopics.TopicRecord;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first records by an order, however they arrive: partitions come one after the other, not by time. */
final class Selection {

    /** Records of one partition keep their order. */
    static final Comparator<TopicRecord> OLDEST_FIRST = Comparator.comparing(TopicRecord::at)
            .thenComparingInt(TopicRecord::partition)
            .thenComparingLong(TopicRecord::offset);

    private final Comparator<TopicRecord> order;
    private final int most;
    private final PriorityQueue<TopicRecord> kept;
    private boolean isCutOff;

    /** @param most that are kept */
    Selection(Comparator<TopicRecord> order, int most) {
        this.order = order;
        this.most = most;
        this.kept = new PriorityQueue<>(order.reversed());
    }

    void add(TopicRecord one) {
        kept.add(one);
        if (kept.size() > most) {
            kept.remove();
            isCutOff = true;
        }
    }

    /** Whether some were not kept. */
    boolean isCutOff() {
        return isCutOff;
    }

    /** What was kept, by the order. */
    List<TopicRecord> records() {
        return kept.stream().sorted(order).toList();
    }
}
