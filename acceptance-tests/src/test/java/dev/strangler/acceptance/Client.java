package dev.strangler.acceptance;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the shop, as a browser is one: it keeps cookies, and repeats a command that got no answer under the same key. */
final class Client {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** One for all: each has threads of its own that outlive whoever made it, and drills make clients by the thousand. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final CookieManager cookies = new CookieManager();

    Client(URI base) {
        this.base = base;
    }

    /** An answer, its body as bytes. */
    record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {

        JsonNode json() {
            return JSON.readTree(bytes);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst()
                    .orElse("");
        }

        String servedBy() {
            return header("X-Served-By");
        }

        Answer expecting(int... allowed) {
            for (var one : allowed) {
                if (status == one) {
                    return this;
                }
            }
            throw new AssertionError("Answered " + status + ": " + new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** One attempt. */
    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** A read that must be answered with 200. */
    JsonNode read(String path) {
        try {
            return get(path).expecting(200).json();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(path, failure);
        }
    }

    /** Uploads a picture under the key; repeats under the same key until the shop answers. */
    Answer upload(String key, String fileName, byte[] picture, String... tags) {
        var boundary = "boundary-" + UUID.randomUUID();
        var parts = new ArrayList<byte[]>();
        for (var tag : tags) {
            parts.add(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\n" + tag + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        parts.add(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.add(picture);
        parts.add(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return insistently(request("/api/assets")
                .header("Idempotency-Key", key)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArrays(parts))
                .build());
    }

    /** A command with a JSON body (none when null); repeats under the same key until the shop answers. */
    Answer command(String method, String path, String key, Object body) {
        var content = body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(JSON.writeValueAsString(body), StandardCharsets.UTF_8);
        return insistently(request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .method(method, content)
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_LIMIT);
    }

    private Answer insistently(HttpRequest request) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var outcome = "";
            try {
                var answer = send(request);
                if (answer.status() < 500 && answer.status() != 409 && answer.status() != 429) {
                    return answer;
                }
                outcome = answer.status() + " " + new String(answer.bytes(), StandardCharsets.UTF_8);
            } catch (IOException unanswered) {
                outcome = unanswered.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(request + " was not answered within " + PATIENCE + ", at last: " + outcome);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        var sent = HttpRequest.newBuilder(request, (name, value) -> true);
        cookies.get(request.uri(), Map.of())
                .forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
        HttpResponse<byte[]> response = HTTP.send(sent.build(), BodyHandlers.ofByteArray());
        cookies.put(request.uri(), response.headers().map());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }
}
