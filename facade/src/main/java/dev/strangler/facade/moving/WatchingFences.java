package dev.strangler.facade.moving;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.JdbcFence;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether every table of every prepared feature is behind its fence: a new partition or a trigger that somebody
 * disabled is found within the interval, not at the next handover. Each side has a thread, so that one that is away keeps no other from
 * being looked at.
 */
public final class WatchingFences implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchingFences.class);

    /** Soon after the start, but not while everything else starts. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    private final FeatureMap map;
    private final Assembling assembling;
    private final Phases phases;
    private final Duration every;
    private final Clock clock;
    private final Map<Place, Audit> newest = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    private record Place(FeatureName feature, Side side) {}

    /**
     * What was found at one side.
     *
     * @param deployable that the side is
     * @param at when it was looked at, or could not be
     * @param holes in the fence, or why they are not known
     */
    public record Audit(String deployable, Side side, Instant at, Reading<List<FenceHole>> holes) {

        /** The holes that are known of. */
        public List<FenceHole> known() {
            return holes.value() == null ? List.of() : holes.value();
        }
    }

    /** @param every between two looks at a side; zero for none */
    WatchingFences(FeatureMap map, Assembling assembling, Phases phases, Duration every, Clock clock) {
        this.map = map;
        this.assembling = assembling;
        this.phases = phases;
        this.every = every;
        this.clock = clock;
        this.threads = Executors.newScheduledThreadPool(map.deployables().size(), task -> {
            var thread = new Thread(task, "watching-fences");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        if (!every.isZero()) {
            var first = every.compareTo(FIRST) < 0 ? every : FIRST;
            for (var deployable : map.deployables()) {
                threads.scheduleWithFixedDelay(
                        () -> look(deployable), first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** What was found last, by side; without a side that was not looked at yet, or need not be. */
    public List<Audit> newest(FeatureName feature) {
        return Arrays.stream(Side.values())
                .map(side -> newest.get(new Place(feature, side)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Looks at one side now. What the monolith still has of a sealed feature is going, which is no hole. */
    Audit audit(Feature feature, Side side) {
        var holes = Reading.of(() -> isGone(feature, side) ? List.<FenceHole>of() : holes(feature, side));
        var audit = new Audit(map.deployable(feature, side).name(), side, clock.instant(), holes);
        newest.put(new Place(feature.name(), side), audit);
        return audit;
    }

    private List<FenceHole> holes(Feature feature, Side side) {
        return new JdbcFence(feature.name(), assembling.database(feature, side)).audit(feature.tablesOn(side));
    }

    private boolean isGone(Feature feature, Side side) {
        return side == Side.MONOLITH && phases.of(feature.name()).isFinal();
    }

    private void look(Deployable deployable) {
        try {
            for (var feature : map.features()) {
                for (var side : Side.values()) {
                    if (map.deployable(feature, side).equals(deployable)) {
                        look(feature, side);
                    }
                }
            }
        } catch (RuntimeException away) {
            log.debug("The fences at {} can't be looked at", deployable.name(), away);
        }
    }

    /** Nobody relies on the fence of a feature before it is prepared. */
    private void look(Feature feature, Side side) {
        var place = new Place(feature.name(), side);
        if (phases.of(feature.name()) == Phase.MONOLITH) {
            newest.remove(place);
            return;
        }
        var before = newest.get(place);
        var audit = audit(feature, side);
        if (audit.holes().value() != null && !audit.known().equals(before == null ? List.of() : before.known())) {
            log.warn(
                    "The fence of '{}' at {} {}",
                    feature.name(),
                    audit.deployable(),
                    audit.known().isEmpty() ? "is whole again" : "has holes: " + audit.known());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
