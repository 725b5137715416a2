package dev.strangler.cli.rehearse;

import dev.strangler.cli.http.WholeExchange;
import dev.strangler.cutover.history.Held;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What one side holds of the rehearsal's aggregates, asked past the façade. */
final class ReadingSide {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Aggregates kind;
    private final URI side;

    ReadingSide(Aggregates kind, URI side) {
        this.kind = kind;
        this.side = side;
    }

    /** By aggregate; what the side does not know is missing. */
    Map<String, Held> all(Map<String, String> handles) {
        var held = new TreeMap<String, Held>();
        handles.forEach((aggregate, handle) -> {
            try {
                var answer = WholeExchange.within(
                        LIMIT, http, kind.reading(side, handle).build(), BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    var shown = JSON.readTree(answer.body());
                    held.put(aggregate, new Held(shown.path("version").asLong(0), Shopper.elements(shown)));
                } else if (answer.statusCode() != 404) {
                    throw new IllegalStateException(
                            "%s answers %d for %s.".formatted(side, answer.statusCode(), handle));
                }
            } catch (IOException away) {
                throw new IllegalStateException("%s does not answer (%s).".formatted(side, away), away);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while reading " + side, ending);
            }
        });
        return held;
    }
}
