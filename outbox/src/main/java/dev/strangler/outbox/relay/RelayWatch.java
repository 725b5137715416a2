package dev.strangler.outbox.relay;

import dev.strangler.outbox.relay.RelayState.Condition;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the tasks of the connectors (a connector says RUNNING while its task has failed), restarts those that failed with growing
 * pauses, and says every change. It does not restart where that would skip events or surely fail again: then it says what a person
 * must do.
 */
public class RelayWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RelayWatch.class);

    private final List<WatchedConnector> watched;
    private @Nullable ScheduledExecutorService timer;

    /**
     * @param slots looks into the slot before every restart; null when the database is out of reach from here, then the trace of the
     *     failure alone decides
     */
    public RelayWatch(
            ConnectClient connect,
            Collection<RelayConnector> connectors,
            @Nullable SlotLookup slots,
            RelayListener listener,
            RestartPace pace,
            Clock clock) {
        this.watched = connectors.stream()
                .map(connector -> new WatchedConnector(connect, connector, slots, listener, pace, clock))
                .toList();
    }

    /** Finds a connector's slot; what it throws counts as "not known now". */
    @FunctionalInterface
    public interface SlotLookup {

        /** @return the slot's state; empty when there is no such slot */
        Optional<SlotState> find(RelayConnector connector);
    }

    /** Looks once at every connector, restarts what must be restarted, and answers how they fare. Never throws. */
    public synchronized List<RelayState> look() {
        return watched.stream().map(WatchedConnector::look).toList();
    }

    /** How they fared at the last look. */
    public List<RelayState> states() {
        return watched.stream().map(WatchedConnector::state).toList();
    }

    /** Looks again and again on a thread of its own until closed. */
    public synchronized void start(Duration interval) {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "strangler-relay-watch");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::lookQuietly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    /** Whether all run; for a health check. */
    public boolean isHealthy() {
        return states().stream().allMatch(state -> state.condition() == Condition.RUNNING);
    }

    /** An exception would end the timer. */
    private void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            log.warn("Looking at the connectors failed; the next look comes", e);
        }
    }
}
