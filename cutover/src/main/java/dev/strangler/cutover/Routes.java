package dev.strangler.cutover;

import java.util.List;

/** The routes of all features, stored durably, with a journal that only grows. */
public interface Routes {

    /** All routes as they are stored now, by name. */
    List<Route> all();

    /** The feature's route as it is stored now; {@link Route#atMonolith} for a feature that never was changed. */
    Route of(FeatureName feature);

    /**
     * Replaces the route, and writes the journal, in one transaction.
     *
     * @param before the route that the change started from
     * @param after its next version
     * @param who the operator; not blank
     * @param why the reason; may be empty
     * @throws RouteHasChanged when another route than {@code before} is stored; nothing is changed then
     */
    RouteChange replace(Route before, Route after, String who, String why);

    /** The feature's newest changes, newest first, at most {@code limit}. */
    List<RouteChange> journal(FeatureName feature, int limit);
}
