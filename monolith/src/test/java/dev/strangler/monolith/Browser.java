package dev.strangler.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends what it is told to, right or wrong, and shows what came back. */
public final class Browser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final int port;

    public Browser(int port) {
        this.port = port;
    }

    public int port() {
        return port;
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    public Answer send(String method, String path, String json, String... headers) {
        return send(method, path, BodyPublishers.ofString(json), with("Content-Type", "application/json", headers));
    }

    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        try {
            return new Answer(HTTP.send(request(method, path, body, headers), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new IllegalStateException(method + " " + path + " got no answer", failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    public CompletableFuture<Answer> postLater(String path, String json, String... headers) {
        var request =
                request("POST", path, BodyPublishers.ofString(json), with("Content-Type", "application/json", headers));
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::new);
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private static String[] with(String name, String value, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return headers;
            }
        }
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Checks the status and returns itself. */
        public Answer is(int status) {
            assertThat(status()).as(text()).isEqualTo(status);
            return this;
        }

        /** Checks that it is a whole problem document of that status, without a word of our insides. */
        public Answer isProblem(int status) {
            is(status);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(header("X-Served-By")).isEqualTo("monolith");
            assertThat(json().path("status").intValue()).isEqualTo(status);
            assertThat(json().path("type").stringValue("")).startsWith("urn:strangler:problem:");
            assertThat(json().path("title").stringValue("")).isNotBlank();
            assertThat(json().path("detail").stringValue("")).isNotBlank();
            assertThat(json().path("instance").stringValue("")).startsWith("/");
            assertThat(text()).doesNotContain("Exception", "dev.strangler", "org.", "java.", "jackson", "trace\":");
            return this;
        }

        /** Checks that it names that field as wrong. */
        public Answer names(String field) {
            assertThat(json().path("mistakes")
                            .valueStream()
                            .map(mistake -> mistake.path("field").stringValue("")))
                    .as(text())
                    .contains(field);
            return this;
        }
    }
}
