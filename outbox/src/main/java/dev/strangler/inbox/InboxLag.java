package dev.strangler.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer is behind in one partition.
 *
 * @param nextOffset the next record to apply
 * @param recordsBehind how many offsets lie between that and the end of the log as last heard; as far as known last while the partition
 *     does not flow; negative if unknown
 * @param oldestUnapplied when the oldest event occurred that has arrived here and is not applied; none if null
 * @param reason why it does not flow, for operators; none if it does
 */
public record InboxLag(
        String consumer,
        String topic,
        int partition,
        long nextOffset,
        long recordsBehind,
        @Nullable Instant oldestUnapplied,
        Flow flow,
        @Nullable String reason) {

    /**
     * Whether nobody can say how old the oldest event is that is not applied: the partition does not flow, nothing of it has arrived, and
     * there is, or may be, something in it.
     */
    public boolean isAgeUnknown() {
        return recordsBehind < 0 || (flow != Flow.FLOWING && oldestUnapplied == null && recordsBehind > 0);
    }

    /** The same partitions, of which nobody knows anything at the moment, for that reason. */
    static List<InboxLag> unknown(List<InboxLag> known, String reason) {
        return known.stream()
                .map(lag -> new InboxLag(
                        lag.consumer(),
                        lag.topic(),
                        lag.partition(),
                        lag.nextOffset(),
                        -1,
                        lag.oldestUnapplied(),
                        Flow.STARTING,
                        reason))
                .toList();
    }

    /** The age of the oldest event that is not applied; zero if there is none. */
    public Duration age(Instant now) {
        if (oldestUnapplied == null || oldestUnapplied.isAfter(now)) {
            return Duration.ZERO;
        }
        return Duration.between(oldestUnapplied, now);
    }
}
