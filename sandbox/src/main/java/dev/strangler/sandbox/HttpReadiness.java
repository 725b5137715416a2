package dev.strangler.sandbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a URL answers 200. */
final class HttpReadiness {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI uri;

    HttpReadiness(URI uri) {
        this.uri = uri;
    }

    boolean answers() {
        // The timeout of a request ends with the headers; who starts may stand still behind them.
        var answering =
                client.sendAsync(HttpRequest.newBuilder(uri).GET().build(), HttpResponse.BodyHandlers.discarding());
        try {
            return answering.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).statusCode() == OK;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            answering.cancel(true);
        }
    }
}
