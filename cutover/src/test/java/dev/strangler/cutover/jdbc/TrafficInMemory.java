package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Traffic;
import java.time.Duration;
import java.util.List;

/** A façade of one instance, without HTTP: writers ask it where to write, and wait here while they are held. */
final class TrafficInMemory implements Traffic {

    private Route route;
    private OperationId heldBy;

    TrafficInMemory(FeatureName feature) {
        route = Route.atMonolith(feature).readingAtService(Percentage.ALL);
    }

    /** Where to write now; waits while writes are held. */
    synchronized Side owner() throws InterruptedException {
        while (heldBy != null) {
            wait(2_000);
        }
        return route.writes();
    }

    @Override
    public synchronized Route route() {
        return route;
    }

    @Override
    public List<String> lateInstances(Duration limit) {
        return List.of();
    }

    @Override
    public synchronized List<String> arm(OperationId operation, Duration lifetime, Duration limit) {
        unhold(operation);
        return List.of();
    }

    @Override
    public synchronized List<String> hold(OperationId operation, Duration lifetime, Duration limit) {
        heldBy = operation;
        return List.of();
    }

    @Override
    public synchronized void unhold(OperationId operation) {
        heldBy = null;
        notifyAll();
    }

    @Override
    public synchronized Route release(OperationId operation, Side owner, Epoch epoch, String who, String why) {
        if (route.writes() != owner || !route.epoch().equals(epoch)) {
            route = route.ownedBy(owner, epoch);
        }
        unhold(operation);
        return route;
    }
}
