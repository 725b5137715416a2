package dev.strangler.cutover;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out backfills: chunk after chunk into the owner's outbox, holding back while the stream or the log would grow too long, then
 * waiting until the other side has applied everything. Nothing is kept in memory, so another instance goes on after a crash.
 */
public final class Backfilling {

    private static final int MOST_FAILURES = 100;
    private static final String NOT_APPLIED =
            "All rows are said, but the other side has not applied them within %s. Look at its consumers, then ask again.";

    private final Backfills backfills;
    private final Snapshots snapshots;
    private final Crossings crossings;
    private final Backpressure backpressure;
    private final Pace pace;
    private final String instance;

    /** Tells when to hold back. */
    @FunctionalInterface
    public interface Backpressure {

        /** Never. */
        Backpressure NONE = (feature, owner) -> Optional.empty();

        /** Why the next chunk should wait; empty when it need not. */
        Optional<String> reason(Feature feature, Side owner);
    }

    /**
     * How fast at most.
     *
     * @param chunk rows in one transaction; each holds up a fence for as long as it runs
     * @param rest between two chunks, so that the owner's own writers come first
     * @param hold how long to wait before looking again whether to go on
     * @param settle how long the other side may take to apply the rest, before a person is asked to look
     */
    public record Pace(int chunk, Duration rest, Duration hold, Duration settle) {

        /** Half a thousand rows take the owner some ten milliseconds. */
        public static final Pace STANDARD =
                new Pace(500, Duration.ofMillis(5), Duration.ofMillis(250), Duration.ofMinutes(30));
    }

    /** @param instance under which it claims */
    public Backfilling(
            Backfills backfills,
            Snapshots snapshots,
            Crossings crossings,
            Backpressure backpressure,
            Pace pace,
            String instance) {
        this.backfills = backfills;
        this.snapshots = snapshots;
        this.crossings = crossings;
        this.backpressure = backpressure;
        this.pace = pace;
        this.instance = instance;
    }

    /**
     * Works at it until it is done, fails, is taken over by another instance, or the thread is interrupted; does nothing when another
     * instance has it. What a side throws is waited out for a while: databases restart, and fences open again. Throws what the control
     * database throws; then the backfill is left as it is, and taken up again later.
     */
    public void workAt(Feature feature, long number) {
        var claimed = backfills.claim(number, instance);
        var failures = 0;
        while (claimed.isPresent() && !Thread.currentThread().isInterrupted()) {
            var backfill = claimed.get();
            Step step;
            try {
                step = step(feature, backfill);
                failures = 0;
            } catch (RuntimeException inTheWay) {
                failures++;
                step = failures < MOST_FAILURES ? hold(cause(inTheWay)) : fail(cause(inTheWay));
            }
            claimed = step.note(backfill);
        }
    }

    /** What a step led to, to be noted in the control database; empty when the instance no longer has the backfill. */
    private interface Step {
        Optional<Backfill> note(Backfill before);
    }

    private Step step(Feature feature, Backfill backfill) {
        return switch (backfill.state()) {
            case RUNNING -> chunk(feature, backfill);
            case SETTLING -> settle(feature, backfill);
            case DONE, FAILED -> before -> Optional.empty();
        };
    }

    private Step chunk(Feature feature, Backfill backfill) {
        var reason = backpressure.reason(feature, backfill.owner());
        if (reason.isPresent()) {
            return hold(reason.get());
        }
        var chunk = snapshots.append(feature, backfill.owner(), backfill.lastKey(), pace.chunk());
        if (chunk.appended() == 0) {
            return before -> backfills.move(before, instance, Backfill.State.SETTLING);
        }
        LockSupport.parkNanos(pace.rest().toNanos());
        return before -> backfills.advance(before, instance, chunk.lastKey(), chunk.appended());
    }

    private Step settle(Feature feature, Backfill backfill) {
        var crossing =
                crossings.begin(feature, Direction.from(backfill.owner()), "backfill-%s".formatted(backfill.number()));
        var end = System.nanoTime() + pace.settle().toNanos();
        return before -> {
            var mine = Optional.of(before);
            while (mine.isPresent() && System.nanoTime() - end < 0) {
                if (crossings.await(crossing, pace.hold())) {
                    return backfills.move(mine.get(), instance, Backfill.State.DONE);
                }
                if (Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
                mine = backfills.waiting(mine.get(), instance, "the other side has not applied everything yet");
            }
            return mine.isEmpty()
                    ? mine
                    : fail(NOT_APPLIED.formatted(pace.settle())).note(mine.get());
        };
    }

    private Step hold(String reason) {
        return before -> {
            LockSupport.parkNanos(pace.hold().toNanos());
            return backfills.waiting(before, instance, reason);
        };
    }

    private Step fail(String trouble) {
        return before -> {
            backfills.fail(before, instance, trouble);
            return Optional.empty();
        };
    }

    /** The innermost cause says the most. */
    private static String cause(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
