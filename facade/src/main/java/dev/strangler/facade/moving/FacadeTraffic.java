package dev.strangler.facade.moving;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.Holds.Hold;
import dev.strangler.cutover.Holds.Stage;
import dev.strangler.cutover.Instances.Instance;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.RouteHasChanged;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Traffic;
import dev.strangler.facade.routes.FollowingRoutes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.transaction.support.TransactionOperations;

/** One feature's requests at all instances, by way of the control database. This instance takes every change at once. */
final class FacadeTraffic implements Traffic {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(3);
    private static final int ATTEMPTS = 10;

    private final FeatureName feature;
    private final Routes routes;
    private final Holds holds;
    private final FollowingRoutes following;
    private final TransactionOperations transactions;

    FacadeTraffic(
            FeatureName feature,
            Routes routes,
            Holds holds,
            FollowingRoutes following,
            TransactionOperations transactions) {
        this.feature = feature;
        this.routes = routes;
        this.holds = holds;
        this.following = following;
        this.transactions = transactions;
    }

    @Override
    public Route route() {
        return routes.of(feature);
    }

    @Override
    public List<String> lateInstances(Duration limit) {
        var version = route().version();
        return awaitAll(instance -> instance.hasAcknowledged(feature, version), limit);
    }

    @Override
    public List<String> arm(OperationId operation, Duration lifetime, Duration limit) {
        return placed(new Hold(feature, operation, Stage.ARMED), lifetime, limit);
    }

    @Override
    public List<String> hold(OperationId operation, Duration lifetime, Duration limit) {
        return placed(new Hold(feature, operation, Stage.HELD), lifetime, limit);
    }

    @Override
    public void unhold(OperationId operation) {
        holds.remove(feature, operation);
        following.look();
    }

    @Override
    public Route release(OperationId operation, Side owner, Epoch epoch, String who, String why) {
        for (var attempt = 1; ; attempt++) {
            try {
                var released = Objects.requireNonNull(
                        transactions.execute(status -> change(operation, owner, epoch, who, why)));
                following.look();
                return released;
            } catch (RouteHasChanged raced) {
                if (attempt == ATTEMPTS) {
                    throw raced;
                }
            }
        }
    }

    private Route change(OperationId operation, Side owner, Epoch epoch, String who, String why) {
        holds.remove(feature, operation);
        var before = route();
        return before.writes() == owner && before.epoch().equals(epoch)
                ? before
                : routes.replace(before, before.ownedBy(owner, epoch), who, why).after();
    }

    private List<String> placed(Hold hold, Duration lifetime, Duration limit) {
        if (!holds.place(hold, lifetime)) {
            throw new IllegalStateException(
                    "Another operation holds the writes of '%s'. Look with doctor.".formatted(feature));
        }
        return awaitAll(instance -> instance.obeys(hold), limit);
    }

    /** Those of the living of which it does not hold when the time is over. */
    private List<String> awaitAll(Predicate<Instance> wanted, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        while (true) {
            following.look();
            var late = names(following.alive(), wanted.negate());
            if (late.isEmpty() || System.nanoTime() - end >= 0) {
                return late;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static List<String> names(List<Instance> instances, Predicate<Instance> wanted) {
        return instances.stream().filter(wanted).map(Instance::name).toList();
    }
}
