package dev.strangler.media.blobs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The other side, which has the blobs that were uploaded there, asked over HTTP with a time limit on the whole of each copy. */
@Component
class BlobSource {

    private final BlobProperties properties;
    private final HttpClient http;

    BlobSource(BlobProperties properties) {
        this.properties = properties;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .build();
    }

    /**
     * Copies one blob into the store.
     *
     * @throws Unusable if the source does not have it, or sends other bytes under its name
     * @throws SourceAway if the source does not answer, not in time, or with a status that says nothing about the blob
     * @throws IOException if our own disk fails
     */
    void copy(Sha256 digest, long size, Blobs store) throws IOException, Unusable {
        try (var arriving = store.arriving(digest, size)) {
            int status = status(fetch(digest, arriving), digest);
            if (status == 404 || status == 410) {
                throw new Unusable("the source does not have blob " + digest + " (answered " + status + ")");
            }
            if (status != 200) {
                throw away("answered " + status, digest, null);
            }
            arriving.keep(store);
        }
    }

    private CompletableFuture<HttpResponse<Void>> fetch(Sha256 digest, Arriving arriving) {
        BodyHandler<Void> body = head -> head.statusCode() == 200
                ? BodySubscribers.ofByteArrayConsumer(arriving)
                : BodySubscribers.replacing(null);
        return http.sendAsync(HttpRequest.newBuilder(address(digest)).build(), body);
    }

    private int status(CompletableFuture<HttpResponse<Void>> answer, Sha256 digest) throws Unusable {
        try {
            // The client's own time limit ends with the head of an answer; this one covers the body too.
            return answer.get(properties.copyTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
        } catch (TimeoutException slow) {
            throw away("took longer than " + properties.copyTimeout().toMillis() + " ms", digest, slow);
        } catch (ExecutionException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof Arriving.TooMuch) {
                    throw new Unusable("the source sends more bytes than blob " + digest + " has");
                }
            }
            throw away("failed: " + failure.getCause(), digest, failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw away("was not waited for, as this process stops", digest, stopping);
        } finally {
            answer.cancel(true);
        }
    }

    private SourceAway away(String fact, Sha256 digest, @Nullable Throwable cause) {
        return new SourceAway("The source of the blobs " + fact + " (" + address(digest) + ")", cause);
    }

    private URI address(Sha256 digest) {
        String base = properties.source().toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "internal/blobs/" + digest.hex());
    }
}
