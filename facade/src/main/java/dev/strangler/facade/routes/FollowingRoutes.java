package dev.strangler.facade.routes;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.Instances;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Routes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the control database several times a second, takes over what has changed, and acknowledges it there. While the database is
 * away the last known routes stay in force.
 */
public final class FollowingRoutes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FollowingRoutes.class);

    private final Routes stored;
    private final Holds holds;
    private final Instances instances;
    private final CurrentRoutes current;
    private final ObeyingHolds obeying;
    private final Pace pace;
    private final String name;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Consumer<Route> listener;

    private volatile Instant readAt = Instant.EPOCH;
    /** By a clock that nobody sets. */
    private volatile long readNanos;

    private Instant reportedAt = Instant.EPOCH;
    private Map<FeatureName, String> reportedHolds = Map.of();
    private boolean isAway;
    private @Nullable ScheduledExecutorService timer;

    /**
     * How often, and for how long without.
     *
     * @param look between two looks at the control database
     * @param hurry between two looks while a feature is handed over
     * @param report between two reports when nothing has changed
     * @param alive without a report for longer an instance is taken for dead, and nobody waits for it
     * @param stale without a look for longer an instance calls its own routes stale
     */
    public record Pace(Duration look, Duration hurry, Duration report, Duration alive, Duration stale) {

        /** A change is everywhere within a quarter of a second; a dead instance holds up a change for three seconds. */
        public static final Pace STANDARD = new Pace(
                Duration.ofMillis(200),
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3));
    }

    /**
     * @param name of this instance
     * @param listener is told every route that is new here
     */
    public FollowingRoutes(
            Routes stored,
            Holds holds,
            Instances instances,
            CurrentRoutes current,
            ObeyingHolds obeying,
            Pace pace,
            String name,
            Clock clock,
            Consumer<Route> listener) {
        this(stored, holds, instances, current, obeying, pace, name, clock, System::nanoTime, listener);
    }

    /** @param nanos time that only runs forward, in nanoseconds since some moment */
    FollowingRoutes(
            Routes stored,
            Holds holds,
            Instances instances,
            CurrentRoutes current,
            ObeyingHolds obeying,
            Pace pace,
            String name,
            Clock clock,
            LongSupplier nanos,
            Consumer<Route> listener) {
        this.stored = stored;
        this.holds = holds;
        this.instances = instances;
        this.current = current;
        this.obeying = obeying;
        this.pace = pace;
        this.name = name;
        this.clock = clock;
        this.nanos = nanos;
        this.readNanos = nanos.getAsLong() - pace.stale().toNanos() - 1;
        this.listener = listener;
    }

    /** The name under which this instance acknowledges. */
    public String name() {
        return name;
    }

    /** Reads the routes once, which must succeed, and then follows them on a thread of its own. */
    public synchronized void start() {
        look();
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "following-routes");
            thread.setDaemon(true);
            return thread;
        });
        lookAgainLater(timer);
    }

    /** Looks now; throws what the database throws. */
    public synchronized void look() {
        var asked = nanos.getAsLong();
        // In this order: who no longer sees a hold must not go by the routes of before it.
        var inForce = holds.inForce();
        var changed = current.take(stored.all());
        obeying.take(inForce);
        var now = clock.instant();
        readAt = now;
        readNanos = asked;
        var obeyed = obeying.acknowledgements();
        if (!changed.isEmpty() || !obeyed.equals(reportedHolds) || !now.isBefore(reportedAt.plus(pace.report()))) {
            instances.report(name, current.versions(), obeyed);
            reportedAt = now;
            reportedHolds = obeyed;
        }
        changed.forEach(route -> {
            log.info("Going by {}", route);
            listener.accept(route);
        });
    }

    /** When the routes were last read. */
    public Instant readAt() {
        return readAt;
    }

    /** Whether the control database has been away for so long that the routes in force may not be those that are stored. */
    public boolean isStale() {
        return nanos.getAsLong() - readNanos > pace.stale().toNanos();
    }

    /** The instances that are alive. */
    public List<Instances.Instance> alive() {
        return instances.seenWithin(pace.alive());
    }

    private synchronized void lookAgainLater(ScheduledExecutorService on) {
        if (timer == on) {
            var pause = obeying.isBusy() ? pace.hurry() : pace.look();
            on.schedule(
                    () -> {
                        try {
                            lookQuietly();
                        } finally {
                            lookAgainLater(on);
                        }
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void lookQuietly() {
        try {
            look();
            if (isAway) {
                log.info("The control database is back");
                isAway = false;
            }
        } catch (RuntimeException away) {
            if (!isAway) {
                log.warn("The control database can't be read; the routes of {} stay in force", readAt, away);
                isAway = true;
            }
        }
    }

    @Override
    public void close() {
        stopTimer();
        try {
            instances.leave(name);
        } catch (RuntimeException away) {
            log.debug("Could not take leave; the others will notice", away);
        }
    }

    private synchronized void stopTimer() {
        if (timer != null) {
            timer.shutdown();
            timer = null;
        }
    }
}
