package dev.strangler.inbox;

import java.time.Duration;
import java.util.Comparator;
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

    /** No further record is begun after so long: who does not poll loses its partitions. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(2);

    private final String consumer;
    private final ApplyingEvents applying;
    private final InboxListener listener;
    private final BooleanSupplier stopping;
    private final Resting resting;

    /** What became of a record. */
    private enum Outcome {
        /** It is out of the way. */
        GONE,
        /** It stays parked, until the next verdict. */
        KEPT,
        /** What it needs is away or slow: the verdict stands. */
        LATER
    }

    CarryingOutVerdicts(
            String consumer,
            ApplyingEvents applying,
            InboxListener listener,
            BackOff backOff,
            BooleanSupplier stopping) {
        this.stopping = stopping;
        this.resting = new Resting(backOff);
        this.consumer = consumer;
        this.applying = applying;
        this.listener = listener;
    }

    /**
     * One round, for the partitions that this instance reads. The first record whose source is away ends it, for the next may wait as long
     * for the same source; its key rests before it is tried again, and comes behind those that have waited in vain less often.
     *
     * @throws RuntimeException if the database is away
     */
    void carryOut(Set<TopicPartition> partitions) {
        long began = System.nanoTime();
        int steps = 0;
        for (var judged : leastTriedFirst(applying.parking().judged(partitions, resting.keys(began), MOST_PER_ROUND))) {
            Optional<ParkedRecord> next = Optional.of(judged);
            while (next.isPresent() && isToBeDone(next.get(), partitions)) {
                if (steps++ == MOST_PER_ROUND || System.nanoTime() - began > LONGEST_ROUND.toNanos()) {
                    return;
                }
                var outcome = step(next.get());
                if (outcome == Outcome.LATER) {
                    resting.add(judged.key(), System.nanoTime());
                    return;
                }
                resting.remove(judged.key());
                next = outcome == Outcome.GONE ? applying.parking().head(judged.key()) : Optional.empty();
            }
        }
    }

    /** What is to be skipped needs no source. */
    private List<ParkedRecord> leastTriedFirst(List<ParkedRecord> judged) {
        return judged.stream()
                .sorted(Comparator.comparing((ParkedRecord parked) -> parked.verdict() != ParkedRecord.Verdict.SKIP)
                        .thenComparing(parked -> resting.times(parked.key())))
                .toList();
    }

    private static boolean isToBeDone(ParkedRecord parked, Set<TopicPartition> partitions) {
        return parked.verdict() != null && partitions.contains(parked.partition());
    }

    private Outcome step(ParkedRecord parked) {
        try {
            if (parked.verdict() == ParkedRecord.Verdict.SKIP) {
                applying.skipParked(parked);
                log.warn(
                        "Consumer '{}' skips {}@{} of {} as an operator has decided; it is kept in strangler.inbox_skipped.",
                        consumer,
                        parked.partition(),
                        parked.offset(),
                        parked.key());
                return Outcome.GONE;
            }
            return retry(parked);
        } catch (PositionLost e) {
            return Outcome.KEPT; // another instance was quicker
        }
    }

    private Outcome retry(ParkedRecord parked) {
        var record = parked.record();
        var event = record.event();
        if (event == null && record.problem() != null) {
            applying.parking().failed(parked, record.problem());
            return Outcome.KEPT;
        }
        try {
            applying.applyParked(parked, event == null ? List.of() : List.of(event));
            log.info(
                    "Consumer '{}' has applied the parked record {}@{} of {}.",
                    consumer,
                    parked.partition(),
                    parked.offset(),
                    parked.key());
            return Outcome.GONE;
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
            return kind == Failure.LATER ? Outcome.LATER : Outcome.KEPT;
        }
    }
}
