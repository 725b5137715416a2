package dev.strangler.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inbox is doing at one moment.
 *
 * @param running whether its thread lives
 * @param trouble what concerns all of it, such as a database that is away; none if null
 * @param parkedKeys how many keys of the consumer are parked, on whichever instance
 * @param parkedRecords how many records that are
 * @param ended why it has stopped for good though nothing is wrong: the copy that it kept up was given up; null while it has not
 * @param partitions those that this instance reads; others may be read elsewhere
 */
public record InboxStatus(
        String consumer,
        boolean running,
        @Nullable String trouble,
        int parkedKeys,
        int parkedRecords,
        @Nullable String ended,
        List<InboxLag> partitions) {

    /** Whether nothing stands still that should not: running or ended for good, no trouble, no partition refused. */
    public boolean isWell() {
        return (running || ended != null)
                && trouble == null
                && partitions.stream().noneMatch(lag -> lag.flow() == Flow.REFUSED);
    }
}
