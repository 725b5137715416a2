package dev.strangler.facade.control;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.proxy.PublicPort;
import dev.strangler.facade.routes.FollowingRoutes;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything at a glance, and the one thing that anybody may ask. */
@RestController
class StatusController {

    private final FeatureMap map;
    private final FollowingRoutes following;
    private final PublicPort publicPort;
    private final Looking looking;
    private final Clock clock;

    StatusController(FeatureMap map, FollowingRoutes following, PublicPort publicPort, Looking looking, Clock clock) {
        this.map = map;
        this.following = following;
        this.publicPort = publicPort;
        this.looking = looking;
        this.clock = clock;
    }

    /**
     * Whether this instance answers.
     *
     * @param status {@code UP}, or {@code STALE} when it answers by routes that may not be those that are stored
     * @param routesAgeMillis since it last read the routes
     */
    record Health(String status, long routesAgeMillis) {}

    /**
     * The whole.
     *
     * @param instance that answers this
     * @param health of it
     * @param routesReadAt when it last read the routes
     * @param features with their routes, relays and consumers
     * @param sides with the requests on their way to each
     * @param parkedKeys how many wait for an operator, by side
     */
    record Status(
            String instance,
            Health health,
            Instant routesReadAt,
            List<FeatureReport> features,
            List<SideReport> sides,
            Map<String, Reading<Integer>> parkedKeys) {}

    /** A side as this instance sees it. */
    record SideReport(String name, String url, int underWay) {}

    @GetMapping(ControlSecurity.HEALTH)
    Health health() {
        return new Health(
                following.isStale() ? "STALE" : "UP",
                Duration.between(following.readAt(), clock.instant()).toMillis());
    }

    @GetMapping("/control/status")
    Status status() {
        var underWay = publicPort.underWay();
        var parked = new LinkedHashMap<String, Reading<Integer>>();
        looking.parked().forEach((side, keys) -> parked.put(side, keys.map(List::size)));
        return new Status(
                following.name(),
                health(),
                following.readAt(),
                looking.features(),
                map.deployables().stream().map(side -> report(side, underWay)).toList(),
                parked);
    }

    private static SideReport report(Deployable side, Map<String, Integer> underWay) {
        return new SideReport(side.name(), side.url().toString(), underWay.getOrDefault(side.name(), 0));
    }
}
