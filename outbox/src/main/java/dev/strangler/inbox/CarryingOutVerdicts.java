package dev.strangler.inbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with parked records what operators have decided, record by record in the order of the log. The key flows again when none
 * is left: until then its new records go to the end of the queue, under the same lock as every step here.
 */
final class CarryingOutVerdicts {

    private static final Logger log = LoggerFactory.getLogger(CarryingOutVerdicts.class);

    /** More wait for the next round, so that polling goes on. */
    private static final int MOST_PER_ROUND = 200;

    private final String consumer;
    private final ApplyingEvents applying;
    private final InboxListener listener;
    private final BooleanSupplier stopping;

    CarryingOutVerdicts(String consumer, ApplyingEvents applying, InboxListener listener, BooleanSupplier stopping) {
        this.stopping = stopping;
        this.consumer = consumer;
        this.applying = applying;
        this.listener = listener;
    }

    /**
     * One round, for the partitions that this instance reads.
     *
     * @throws RuntimeException if the database is away
     */
    void carryOut(Set<TopicPartition> partitions) {
        int steps = 0;
        for (var judged : applying.parking().judged(MOST_PER_ROUND)) {
            Optional<ParkedRecord> next = Optional.of(judged);
            while (next.isPresent()
                    && next.get().verdict() != null
                    && partitions.contains(next.get().partition())
                    && steps < MOST_PER_ROUND) {
                steps++;
                next = step(next.get()) ? applying.parking().head(judged.key()) : Optional.empty();
            }
        }
    }

    /** Whether the record is out of the way. */
    private boolean step(ParkedRecord parked) {
        try {
            if (parked.verdict() == ParkedRecord.Verdict.SKIP) {
                applying.skipParked(parked);
                log.warn(
                        "Consumer '{}' skips {}@{} of {} as an operator has decided; it is kept in strangler.inbox_skipped.",
                        consumer,
                        parked.partition(),
                        parked.offset(),
                        parked.key());
                return true;
            }
            return retry(parked);
        } catch (PositionLost e) {
            return false; // another instance was quicker
        }
    }

    private boolean retry(ParkedRecord parked) {
        var record = parked.record();
        var event = record.event();
        if (event == null && record.problem() != null) {
            applying.parking().failed(parked, record.problem());
            return false;
        }
        try {
            applying.applyParked(parked, event == null ? List.of() : List.of(event));
            log.info(
                    "Consumer '{}' has applied the parked record {}@{} of {}.",
                    consumer,
                    parked.partition(),
                    parked.offset(),
                    parked.key());
            return true;
        } catch (Seal.Sealed end) {
            throw end;
        } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
            var kind = Failure.of(e);
            if (kind == Failure.AWAY || kind == Failure.LOST) {
                throw e;
            }
            listener.retried(consumer, kind.name().toLowerCase(Locale.ROOT));
            if (kind.isOfTheEvent() && !stopping.getAsBoolean()) {
                log.warn(
                        "Consumer '{}' could not apply the parked record {}@{} of {} either.",
                        consumer,
                        parked.partition(),
                        parked.offset(),
                        parked.key(),
                        e);
                applying.parking().failed(parked, Parking.causeOf(record, kind, e));
            }
            return false; // what it needs is away: the verdict stands and the next round tries again
        }
    }
}
