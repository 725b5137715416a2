package dev.strangler.facade.routes;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes that this instance goes by at this moment. Reading them costs nothing; a request that begins later sees the newer ones. */
public final class CurrentRoutes {

    private volatile Map<FeatureName, Route> routes = Map.of();

    /** The feature's route. */
    public Route of(FeatureName feature) {
        var route = routes.get(feature);
        return route == null ? Route.atMonolith(feature) : route;
    }

    /** The versions that this instance goes by; features that nobody changed are missing. */
    public Map<FeatureName, Long> versions() {
        var versions = new LinkedHashMap<FeatureName, Long>();
        routes.forEach((feature, route) -> versions.put(feature, route.version()));
        return versions;
    }

    /** Goes by these from now on; answers those that are new. A route never goes back to an earlier version. */
    synchronized List<Route> take(List<Route> stored) {
        var changed = new ArrayList<Route>();
        var next = new LinkedHashMap<>(routes);
        for (var route : stored) {
            if (route.version() > of(route.feature()).version()) {
                next.put(route.feature(), route);
                changed.add(route);
            }
        }
        if (!changed.isEmpty()) {
            routes = Map.copyOf(next);
        }
        return changed;
    }
}
