package dev.strangler.facade.data;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Backfilling;
import dev.strangler.cutover.Backfills;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Snapshots;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the backfills that operators ask for, and those whose instance has died. */
public final class CopyingFeatures implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CopyingFeatures.class);

    private final FeatureMap map;
    private final Routes routes;
    private final Phases phases;
    private final Backfills backfills;
    private final Snapshots snapshots;
    private final Backfilling backfilling;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> daemon(task, "backfill"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "backfill-looking"));

    CopyingFeatures(
            FeatureMap map,
            Routes routes,
            Phases phases,
            Backfills backfills,
            Snapshots snapshots,
            Backfilling backfilling) {
        this.map = map;
        this.routes = routes;
        this.phases = phases;
        this.backfills = backfills;
        this.snapshots = snapshots;
        this.backfilling = backfilling;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins to copy the feature, from the side that writes it to the other; one that is under way goes on, one that failed goes on where it
     * was.
     *
     * @throws CopyGivenUp when the feature is sealed or retired; nothing is begun then
     */
    public Backfill begin(Feature feature, String who) {
        CopyGivenUp.unless(feature.name(), phases.of(feature.name()), "copied");
        var owner = routes.of(feature.name()).writes();
        var backfill = backfills.begin(feature.name(), owner, who, snapshots.count(feature, owner));
        log.info("{} asked for the backfill of {}: {}", who, feature.name(), backfill);
        timer.execute(this::look);
        return backfill;
    }

    private void look() {
        try {
            for (var backfill : backfills.abandoned()) {
                map.feature(backfill.feature()).ifPresent(feature -> work(feature, backfill.number()));
            }
        } catch (RuntimeException away) {
            log.debug("Nobody knows now which backfills are open", away);
        }
    }

    private void work(Feature feature, long number) {
        if (underWay.add(number)) {
            workers.execute(() -> {
                try {
                    backfilling.workAt(feature, number);
                } catch (RuntimeException away) {
                    log.warn("The backfill of {} is interrupted and will be taken up again", feature.name(), away);
                } finally {
                    underWay.remove(number);
                }
            });
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
