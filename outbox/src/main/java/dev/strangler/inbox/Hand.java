package dev.strangler.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition that this instance reads: the records in hand that are not applied yet, where it stands, and how carefully
 * it goes. After a failure the batches are halved until the record that causes it is alone; after a success they are doubled again.
 */
final class Hand {

    private static final Logger log = LoggerFactory.getLogger(Hand.class);

    private final String consumer;
    private final TopicPartition partition;
    private final int maxBatch;
    private final ArrayDeque<LogRecord> records = new ArrayDeque<>();

    private boolean settled;
    private boolean positionKnown;
    private long expected;
    private long end = -1;
    private @Nullable Instant oldestDropped;
    private int limit;
    private int attempts;
    private int waits;
    private long dueAt;
    private boolean alone;
    private Flow flow = Flow.STARTING;
    private @Nullable String reason;

    Hand(String consumer, TopicPartition partition, int maxBatch, long now) {
        this.consumer = consumer;
        this.partition = partition;
        this.maxBatch = maxBatch;
        this.limit = maxBatch;
        this.dueAt = now;
    }

    TopicPartition partition() {
        return partition;
    }

    boolean isSettled() {
        return settled;
    }

    /** Whether it may share a transaction with other partitions. */
    boolean isSociable() {
        return !alone && limit == maxBatch && attempts == 0 && waits == 0;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean isDue(long now) {
        return now - dueAt >= 0;
    }

    /** Nanoseconds until it is due, zero or less if it is. */
    long untilDue(long now) {
        return dueAt - now;
    }

    long expected() {
        return expected;
    }

    int size() {
        return records.size();
    }

    void take(Collection<LogRecord> polled) {
        records.addAll(polled);
    }

    /** Whether there is a record in hand below the limit. */
    boolean hasBelow(long reach) {
        var first = records.peek();
        return first != null && first.offset() < reach;
    }

    /** The offset up to which there is nothing in hand: that of the first record, or of the next one to come. */
    long nothingBefore(long nextToCome) {
        var first = records.peek();
        return first == null ? nextToCome : first.offset();
    }

    /** The next records to apply in one transaction, none of them at {@code reach} or beyond. */
    Slice slice(long reach) {
        var next = new ArrayList<LogRecord>(Math.min(limit, records.size()));
        for (var record : records) {
            if (next.size() == limit || record.offset() >= reach) {
                break;
            }
            next.add(record);
        }
        return Slice.of(partition, expected, next);
    }

    /** The position is known; records are read from there. */
    void settle(long offset) {
        settled = true;
        positionKnown = true;
        expected = offset;
        records.clear();
        oldestDropped = null;
        if (flow != Flow.FLOWING && reason != null) {
            log.info("Consumer '{}': {} is read again, from offset {}.", consumer, partition, offset);
        }
        flow = Flow.FLOWING;
        reason = null;
    }

    /** The position has to be read again, what is in hand is dropped. */
    void unsettle(String why, Duration pause, long now) {
        settled = false;
        drop();
        waits++;
        pause(Flow.STARTING, why, pause, now);
    }

    /** The position does not fit the log; looked at again after the pause, in case somebody has acted. */
    void refuse(long position, String why, Duration pause, long now) {
        if (flow != Flow.REFUSED || !why.equals(reason)) {
            log.error("Consumer '{}' does not read {}: {}", consumer, partition, why);
        }
        settled = false;
        positionKnown = true;
        expected = position;
        drop();
        pause(Flow.REFUSED, why, pause, now);
    }

    /** What is in hand is read again later; how old it is stays known. */
    private void drop() {
        var oldest = oldest();
        oldestDropped = oldest == null ? oldestDropped : oldest;
        records.clear();
    }

    /** The slice is applied. */
    void applied(Slice slice) {
        for (int i = slice.records().size(); i > 0; i--) {
            records.remove();
        }
        advanced(slice.next());
        limit = Math.min(maxBatch, limit * 2);
        alone = alone && limit < maxBatch;
    }

    /** The position has moved, whether or not there were records. */
    void advanced(long next) {
        expected = next;
        attempts = 0;
        waits = 0;
        flow = Flow.FLOWING;
        reason = null;
    }

    /** It failed in company; by itself it may well work. */
    void goAlone() {
        alone = true;
    }

    /** The failing record is among so many; tries half as many next. */
    void narrow(int failed) {
        alone = true;
        limit = Math.max(1, failed / 2);
    }

    int countAttempt() {
        return ++attempts;
    }

    int countWait() {
        return ++waits;
    }

    int waits() {
        return waits;
    }

    void pause(Flow state, String why, Duration pause, long now) {
        dueAt = now + pause.toNanos();
        if (state == Flow.WAITING && (flow != state || !why.equals(reason))) {
            log.warn("Consumer '{}' waits at {}@{}: {}", consumer, partition, expected, why);
        } else if (state == Flow.REFUSED && flow != state && settled) {
            log.error("Consumer '{}' stops at {}@{}: {}", consumer, partition, expected, why);
        }
        flow = state;
        reason = why;
    }

    void heardEnd(long offset) {
        end = offset;
    }

    /** As of now; while the position is being read again, or does not fit the log, as far as it was known last. */
    InboxLag lag() {
        var oldest = oldest();
        return new InboxLag(
                consumer,
                partition.topic(),
                partition.partition(),
                expected,
                behind(),
                oldest == null && !settled ? oldestDropped : oldest,
                flow,
                reason);
    }

    private long behind() {
        boolean isOfAnotherLog = !settled && end < expected;
        return end < 0 || !positionKnown || isOfAnotherLog ? -1 : Math.max(end - expected, records.size());
    }

    private @Nullable Instant oldest() {
        for (var record : records) {
            if (record.event() != null) {
                return record.event().occurredAt();
            }
        }
        return null;
    }
}
