package dev.strangler.facade.moving;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.StepName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a coordinator stand still before a step, so that a rehearsal can end a part at exactly that moment. The step's own time limit begins
 * afterwards; those of the whole run on. Only where rehearsals are allowed.
 */
public final class Breakpoints {

    private static final Logger log = LoggerFactory.getLogger(Breakpoints.class);

    /** Whoever set it may be gone; then the handover goes on by itself. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Map<FeatureName, Breakpoint> set = new ConcurrentHashMap<>();

    private record Breakpoint(StepName step, CountDownLatch reached, CountDownLatch released) {

        Breakpoint(StepName step) {
            this(step, new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    /** The feature's next handover stands still before the step. */
    public void set(FeatureName feature, StepName step) {
        release(set.put(feature, new Breakpoint(step)));
    }

    /** Whether a handover stands at the feature's breakpoint, or has stood there. */
    public boolean isReached(FeatureName feature) {
        var breakpoint = set.get(feature);
        return breakpoint != null && breakpoint.reached().getCount() == 0;
    }

    /** Lets the handover go on, and forgets the breakpoint. */
    public void clear(FeatureName feature) {
        release(set.remove(feature));
    }

    /** Told of every entry of an operation's journal once it is written. */
    public void pass(Operation operation, JournalEntry entry) {
        var breakpoint = set.get(operation.feature());
        if (breakpoint == null || entry.outcome() != Outcome.BEGAN || entry.step() != breakpoint.step()) {
            return;
        }
        if (breakpoint.reached().getCount() == 0) {
            return;
        }
        breakpoint.reached().countDown();
        log.info("{} stands still before {}", operation.id(), entry.step().label());
        try {
            if (!breakpoint.released().await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} goes on by itself: nobody has released it within {}", operation.id(), LONGEST);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(@org.jspecify.annotations.Nullable Breakpoint breakpoint) {
        if (breakpoint != null) {
            breakpoint.released().countDown();
        }
    }
}
