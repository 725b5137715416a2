package dev.strangler.side.rebuilds;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.strangler.inbox.Rebuild;
import dev.strangler.inbox.RebuildRefused;
import dev.strangler.inbox.RebuildReport;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** Rebuilds projections from the log when an operator asks for it: one at a time, beside the live one, reads going on. */
class Rebuilding implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Rebuilding.class);

    private final Map<String, Rebuild> rebuilds;
    private final Clock clock;
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> new Thread(work, "rebuild"));

    Rebuilding(List<Rebuild> rebuilds, Clock clock) {
        this.rebuilds = rebuilds.stream().collect(toUnmodifiableMap(Rebuild::consumer, Function.identity()));
        this.clock = clock;
    }

    /** How the last rebuild of each projection went or goes; those that were never rebuilt by this process are left out. */
    Collection<Progress> progress() {
        return List.copyOf(progress.values());
    }

    /**
     * Begins to rebuild the projection of that consumer.
     *
     * @throws Refusal NOT_FOUND if there is no such consumer, CONFLICT if it is being rebuilt or waits for it
     */
    synchronized Progress start(String consumer) {
        var rebuild = rebuilds.get(consumer);
        if (rebuild == null) {
            throw Refusal.notFound("There is no consumer '" + consumer + "' here, there are "
                    + rebuilds.keySet().stream().sorted().toList() + ". Name one of these.");
        }
        var last = progress.get(consumer);
        if (last != null && last.state() == State.RUNNING) {
            throw Refusal.of(
                    Kind.CONFLICT,
                    "The projection of '" + consumer + "' is being rebuilt since " + last.since()
                            + ", one rebuild at a time is allowed. Wait for its end.");
        }
        var started = new Progress(consumer, State.RUNNING, clock.instant(), null, null);
        progress.put(consumer, started);
        worker.execute(() -> progress.put(consumer, run(rebuild, started)));
        return started;
    }

    private static Progress run(Rebuild rebuild, Progress started) {
        try {
            return started.ended(State.DONE, rebuild.run(), null);
        } catch (RebuildRefused refusal) {
            log.warn("The projection of '{}' was not rebuilt: {}", started.consumer(), refusal.getMessage());
            return started.ended(State.REFUSED, null, refusal.getMessage());
        } catch (RuntimeException failure) {
            log.error("The rebuild of '{}' failed", started.consumer(), failure);
            return started.ended(State.REFUSED, null, failure.toString());
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        worker.shutdownNow();
        if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
            log.warn("A rebuild does not end; what it leaves is cleared by the next one");
        }
    }

    /** Where a rebuild stands. */
    enum State {
        /** It works or waits its turn; the live projection answers and follows as ever. */
        RUNNING,
        /** The live projection is equal to the log. */
        DONE,
        /** The live projection is as it was before. */
        REFUSED
    }

    /**
     * How a rebuild goes.
     *
     * @param report what it did, once done
     * @param reason why it was refused
     */
    record Progress(
            String consumer,
            State state,
            Instant since,
            @Nullable RebuildReport report,
            @Nullable String reason) {

        private Progress ended(State end, @Nullable RebuildReport report, @Nullable String reason) {
            return new Progress(consumer, end, since, report, reason);
        }
    }
}
