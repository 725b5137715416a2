package dev.strangler.facade.moving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks a running process whether it still has code that answers paths. Not through the façade, which would ask somebody else. */
final class AskingForCode {

    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final URI url;
    private final Duration limit;

    /** @param limit for each answer with its body */
    AskingForCode(URI url, Duration limit) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
        this.url = url;
        this.limit = limit;
    }

    /** What is to be said of each path that is still answered, or of which that is not known. */
    List<String> answered(Collection<String> paths) {
        return paths.stream().flatMap(path -> answer(path).stream()).toList();
    }

    private Optional<String> answer(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path)).build();
            var status = WholeExchange.within(limit, http, request, BodyHandlers.discarding())
                    .statusCode();
            return status == NOT_FOUND
                    ? Optional.empty()
                    : Optional.of("GET %s is answered with %d, required is 404. Deploy the monolith without that code."
                            .formatted(path, status));
        } catch (IOException away) {
            return Optional.of(unknown(path, away.toString()));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.of(unknown(path, "this façade is being stopped"));
        }
    }

    private String unknown(String path, String reason) {
        return "GET %s has no answer (%s), so whether the code is gone is not known. Start the monolith at %s, then ask again."
                .formatted(path, reason, url);
    }
}
