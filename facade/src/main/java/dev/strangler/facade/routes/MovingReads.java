package dev.strangler.facade.routes;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Instances;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.RouteHasChanged;
import dev.strangler.cutover.Routes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the reads of a feature, and waits until every living instance goes by it. */
public final class MovingReads {

    private static final Logger log = LoggerFactory.getLogger(MovingReads.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    private final Routes routes;
    private final FollowingRoutes following;
    private final Phases phases;
    private final Duration limit;

    /** @param limit how long to wait for the instances */
    public MovingReads(Routes routes, FollowingRoutes following, Phases phases, Duration limit) {
        this.routes = routes;
        this.following = following;
        this.phases = phases;
        this.limit = limit;
    }

    /**
     * What came of it.
     *
     * @param route the route that is stored now
     * @param isChanged false when it was that already
     * @param acknowledged instances that go by it
     * @param stragglers living instances that had not acknowledged it in time: they may still go by the one before
     */
    public record Moved(Route route, boolean isChanged, List<String> acknowledged, List<String> stragglers) {

        public Moved {
            acknowledged = List.copyOf(acknowledged);
            stragglers = List.copyOf(stragglers);
        }
    }

    /** The monolith would answer from a copy that nobody keeps up. */
    public static final class OutOfDate extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutOfDate(FeatureName feature, Phase phase) {
            super(
                    "The monolith can't answer reads of '%s': it is %s, so the copy there stands still. Leave all reads at the service."
                            .formatted(feature, phase));
        }
    }

    /**
     * Gives that share of the feature's clients to the service. The same share again changes nothing, and waits all the same.
     *
     * @param expected the version that the operator has seen; null for whatever is stored now
     * @throws RouteHasChanged when somebody else was first
     */
    public Moved move(FeatureName feature, Percentage share, String who, String why, @Nullable Long expected) {
        return move(feature, Reads.atService(share), who, why, expected);
    }

    /**
     * Sends the feature's reads so. The same again changes nothing, and waits all the same.
     *
     * @param expected the version that the operator has seen; null for whatever is stored now
     * @throws RouteHasChanged when somebody else was first
     * @throws OutOfDate when the feature is sealed and the monolith would answer
     */
    public Moved move(FeatureName feature, Reads reads, String who, String why, @Nullable Long expected) {
        if (phases.of(feature).isFinal() && !reads.equals(new Reads.FromService())) {
            throw new OutOfDate(feature, phases.of(feature));
        }
        var before = routes.of(feature);
        if (expected != null && expected != before.version()) {
            var last = routes.journal(feature, 1).stream()
                    .map(change -> change.who() + " at " + change.when())
                    .findFirst()
                    .orElse("");
            throw new RouteHasChanged(expected, before, last);
        }
        if (before.reads().equals(reads)) {
            return awaited(before, false);
        }
        var change = routes.replace(before, before.reading(reads), who, why);
        return awaited(change.after(), true);
    }

    /** The change is stored; whatever fails from here on leaves open who goes by it. */
    private Moved awaited(Route route, boolean isChanged) {
        try {
            return acknowledged(route, isChanged);
        } catch (RuntimeException away) {
            log.warn("{} is stored, but the instances can't be asked whether they go by it", route, away);
            return new Moved(route, isChanged, List.of(), List.of("all, since the control database went away"));
        }
    }

    private Moved acknowledged(Route route, boolean isChanged) {
        var end = System.nanoTime() + limit.toNanos();
        following.look();
        var alive = following.alive();
        while (!isEverywhere(alive, route) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            alive = following.alive();
        }
        return new Moved(route, isChanged, names(alive, route, true), names(alive, route, false));
    }

    private static boolean isEverywhere(List<Instances.Instance> alive, Route route) {
        return alive.stream().allMatch(instance -> instance.hasAcknowledged(route.feature(), route.version()));
    }

    private static List<String> names(List<Instances.Instance> alive, Route route, boolean acknowledged) {
        return alive.stream()
                .filter(instance -> instance.hasAcknowledged(route.feature(), route.version()) == acknowledged)
                .map(Instances.Instance::name)
                .toList();
    }
}
