package dev.strangler.facade.control;

import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Route;

/**
 * A route as the control API shows it.
 *
 * @param reads {@code monolith}, {@code shadow}, {@code canary} or {@code service}
 * @param service percent of the clients whose reads the service answers
 * @param shadow percent of the reads that are also sent to the service and compared; only where the monolith answers them all
 * @param writes {@code monolith} or {@code service}
 * @param epoch of the writes
 * @param version of the route
 */
public record RouteView(String reads, int service, int shadow, String writes, long epoch, long version) {

    static RouteView of(Route route) {
        return new RouteView(
                kind(route.reads()),
                route.reads().serviceShare().value(),
                route.reads().shadowShare().value(),
                route.writes().name().toLowerCase(java.util.Locale.ROOT),
                route.epoch().value(),
                route.version());
    }

    private static String kind(Reads reads) {
        if (reads instanceof Reads.FromMonolith) {
            return "monolith";
        }
        if (reads instanceof Reads.Shadowed) {
            return "shadow";
        }
        return reads instanceof Reads.FromService ? "service" : "canary";
    }
}
