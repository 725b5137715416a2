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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a coordinator stand still before or after a step, so that a rehearsal can end a part at exactly that moment, and lets a step fail,
 * so that taking back can be rehearsed as well. A step's own time limit begins afterwards; those of the whole run on. Only where rehearsals
 * are allowed.
 */
public final class Breakpoints implements Onlooker {

    private static final Logger log = LoggerFactory.getLogger(Breakpoints.class);

    /** Whoever set it may be gone; then the handover goes on by itself. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Map<FeatureName, Breakpoint> set = new ConcurrentHashMap<>();

    /** On which side of a step a coordinator stands still. */
    public enum Moment {
        /** The journal says that the step has begun; nothing of it is done. */
        BEFORE(Outcome.BEGAN),
        /** All of it is done; the journal does not say so yet. */
        AFTER(Outcome.DONE);

        private final Outcome outcome;

        Moment(Outcome outcome) {
            this.outcome = outcome;
        }
    }

    private record Breakpoint(
            StepName step, Moment moment, @Nullable StepName failing, CountDownLatch reached, CountDownLatch released) {

        boolean isAt(JournalEntry entry, Outcome outcome) {
            return entry.step() == step && entry.outcome() == outcome && moment.outcome == outcome;
        }

        boolean isReached() {
            return reached.getCount() == 0;
        }
    }

    /**
     * The feature's next handover stands still there.
     *
     * @param failing the step that fails without having done anything; null for none
     */
    public void set(FeatureName feature, StepName step, Moment moment, @Nullable StepName failing) {
        release(set.put(feature, new Breakpoint(step, moment, failing, new CountDownLatch(1), new CountDownLatch(1))));
    }

    /** Whether a handover stands at the feature's breakpoint, or has stood there. */
    public boolean isReached(FeatureName feature) {
        var breakpoint = set.get(feature);
        return breakpoint != null && breakpoint.isReached();
    }

    /** Lets the handover go on, and forgets the breakpoint. */
    public void clear(FeatureName feature) {
        release(set.remove(feature));
    }

    @Override
    public void writing(Operation operation, JournalEntry entry) {
        stand(operation, entry, Outcome.DONE);
    }

    @Override
    public void written(Operation operation, JournalEntry entry) {
        stand(operation, entry, Outcome.BEGAN);
        var breakpoint = set.get(operation.feature());
        if (breakpoint != null
                && !breakpoint.isReached()
                && entry.outcome() == Outcome.BEGAN
                && entry.step() == breakpoint.failing()) {
            throw new IllegalStateException("A rehearsal has this step fail.");
        }
    }

    private void stand(Operation operation, JournalEntry entry, Outcome outcome) {
        var breakpoint = set.get(operation.feature());
        if (breakpoint == null || breakpoint.isReached() || !breakpoint.isAt(entry, outcome)) {
            return;
        }
        breakpoint.reached().countDown();
        log.info(
                "{} stands still {} {}",
                operation.id(),
                breakpoint.moment(),
                entry.step().label());
        try {
            if (!breakpoint.released().await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} goes on by itself: nobody has released it within {}", operation.id(), LONGEST);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(@Nullable Breakpoint breakpoint) {
        if (breakpoint != null) {
            breakpoint.released().countDown();
        }
    }
}
