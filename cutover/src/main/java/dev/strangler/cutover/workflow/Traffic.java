package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.util.List;

/** The clients' requests for one feature, at all instances of the façade. */
public interface Traffic {

    /** How the feature is routed, as it is stored. */
    Route route();

    /**
     * Living instances that still do not go by the stored route when the time is over; an instance that sees nothing for 3 s refuses
     * writes by itself.
     *
     * @param limit for a change of a moment ago to be heard of, and for an instance that has just died to be taken for dead
     */
    List<String> lateInstances(Duration limit);

    /** Has all instances look every few milliseconds; answers those that don't yet when the time is over. */
    List<String> arm(OperationId operation, Duration lifetime, Duration limit);

    /**
     * Keeps writes waiting at all instances, unread. Without a release they go to the previous owner when the lifetime is over.
     *
     * @return living instances that do not when the time is over
     */
    List<String> hold(OperationId operation, Duration lifetime, Duration limit);

    /** Lets writes go to the previous owner again, those that waited first; nothing happens when nothing is held in that name. */
    void unhold(OperationId operation);

    /**
     * Sends writes to that side from now on, those that waited first. Route and hold change together or not at all, and once they are
     * sent there already nothing happens.
     *
     * @throws dev.strangler.cutover.RouteHasChanged when somebody else changed the route again and again at the same time
     */
    Route release(OperationId operation, Side owner, Epoch epoch, String who, String why);
}
