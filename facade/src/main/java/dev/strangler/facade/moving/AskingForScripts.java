package dev.strangler.facade.moving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a running process for schema scripts that its release brings along and that wait to be run: its database knows only those that were. A
 * process that has no such answer says nothing.
 */
final class AskingForScripts {

    private static final String PATH = "/actuator/health/schema";
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(LIMIT)
            .build();

    /**
     * Those of the process at that address; of several behind it one is asked.
     *
     * @throws IllegalStateException if it does not answer
     */
    List<String> waiting(URI url) {
        try {
            var answer = WholeExchange.within(
                    LIMIT, http, HttpRequest.newBuilder(URI.create(url + PATH)).build(), BodyHandlers.ofString());
            return read(answer.body());
        } catch (IOException away) {
            throw new IllegalStateException(
                    "%s does not say whether scripts of its own wait (%s)".formatted(url, away));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("This façade is being stopped.");
        }
    }

    private static List<String> read(String body) {
        var waiting = new ArrayList<String>();
        try {
            JSON.readTree(body).path("details").path("waiting").forEach(script -> waiting.add(script.asString("?")));
        } catch (JacksonException another) {
            // Whoever answers here without Spring's actuator has nothing to say about scripts.
        }
        return waiting;
    }
}
