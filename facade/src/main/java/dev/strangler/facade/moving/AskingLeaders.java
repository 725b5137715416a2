package dev.strangler.facade.moving;

import dev.strangler.cutover.Fence;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.facade.sides.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whoever leads an operation to take it back, and follows what becomes of that. The leader, this instance or another, finds the wish
 * in the operation's row before its next step.
 */
final class AskingLeaders {

    private static final Logger log = LoggerFactory.getLogger(AskingLeaders.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Operations operations;
    private final Journal journal;
    private final Duration limit;

    /** @param limit how long it is followed */
    AskingLeaders(Operations operations, Journal journal, Duration limit) {
        this.operations = operations;
        this.journal = journal;
        this.limit = limit;
    }

    /**
     * Asks.
     *
     * @param target the fence whose opening is the point of no return
     * @throws TooLate when that is open already; nothing is asked then
     */
    void ask(Operation operation, Fence target, String reason) {
        var state = Reading.of(target::state).value();
        if (state != null
                && state.isOpen()
                && state.epoch().equals(operation.to())
                && operation.id().equals(state.operation())) {
            throw new TooLate(operation);
        }
        if (operations.askToTakeBack(operation.id(), reason)) {
            log.info("{} is to be taken back: {}", operation.id(), reason);
        }
    }

    /**
     * Waits until the operation is over, or the limit is.
     *
     * @param ended is asked between looks whether somebody has ended it otherwise
     * @throws TooLate when it went forward, since the wish came behind the point of no return
     */
    Conclusion follow(Operation operation, Supplier<Optional<Conclusion>> ended) {
        var end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            var conclusion = ended.get().or(() -> over(operation));
            if (conclusion.isPresent()) {
                if (conclusion.get().ending() == Ending.DONE) {
                    throw new TooLate(operation);
                }
                return conclusion.get();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return new Conclusion(
                operation,
                Ending.UNFINISHED,
                "whoever leads it was asked to take it back and has not done so within %d s; it is done before the next step"
                        .formatted(limit.toSeconds()),
                List.of(),
                null,
                null);
    }

    private Optional<Conclusion> over(Operation operation) {
        var standing = Reading.of(() -> operations.find(operation.id())).value();
        return standing == null
                ? Optional.empty()
                : standing.filter(now -> now.course().isOver()).map(this::conclusion);
    }

    private Conclusion conclusion(Standing over) {
        return Conclusion.of(over, journal.of(over.operation().id()));
    }
}
