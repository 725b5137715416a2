package dev.strangler.facade.console;

import dev.strangler.facade.console.Flow.Hop;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was wrong last with each hop of a flow, as far as this façade has seen it: it looks while somebody has the page open. */
final class Troubles {

    private final Clock clock;
    private final Show show;
    private final Map<String, Trouble> newest = new ConcurrentHashMap<>();

    Troubles(Clock clock, Show show) {
        this.clock = clock;
        this.show = show;
    }

    private record Trouble(String what, Instant at) {}

    /**
     * Keeps what is wrong now; adds what was wrong last where nothing is.
     *
     * @param flow names the feature and the direction
     */
    Hop remembered(String flow, Hop hop) {
        var place = flow + " " + hop.kind();
        if (!hop.trouble().isEmpty()) {
            newest.put(place, new Trouble(hop.trouble(), clock.instant()));
            return hop;
        }
        var last = newest.get(place);
        return hop.remembering(
                last == null ? "no error seen yet" : "last error %s: %s".formatted(show.ago(last.at()), last.what()));
    }
}
