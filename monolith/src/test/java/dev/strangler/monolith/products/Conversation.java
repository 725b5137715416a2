package dev.strangler.monolith.products;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Holds a written conversation with a side and writes down what was said. Lines that begin with {@code >} are sent: a request line, then
 * headers, then a body; lines that begin with {@code <} are what came back, and all others are kept. Names like {@code ${sku}} stand for values of this
 * run; what differs from run to run is told by such a name as well.
 */
public final class Conversation {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<String> HEADERS = List.of(
            "Content-Type", "Location", "ETag", "Retry-After", "Allow", "Idempotency-Replayed", "X-Strangler-Written");
    private static final String ANY_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final String ANY_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

    private final URI side;
    private final Map<String, String> names = new LinkedHashMap<>();

    public Conversation(URI side, Map<String, String> names) {
        this.side = side;
        this.names.putAll(names);
    }

    /** The same conversation, held anew. */
    public String hold(String written) {
        var said = new ArrayList<String>();
        var request = new ArrayList<String>();
        for (String line : written.split("\n", -1)) {
            if (line.startsWith("> ")) {
                request.add(line.substring(2));
                said.add(line);
            } else if (!line.startsWith("< ")) {
                answer(request, said);
                said.add(line);
            }
        }
        answer(request, said);
        return String.join("\n", said);
    }

    private void answer(List<String> request, List<String> said) {
        if (request.isEmpty()) {
            return;
        }
        var line = filled(request.get(0)).split(" ");
        var headers = new ArrayList<String>();
        int next = 1;
        while (next < request.size() && request.get(next).matches("[A-Za-z-]+: .*")) {
            headers.addAll(List.of(filled(request.get(next)).split(": ", 2)));
            next++;
        }
        var body = filled(String.join("\n", request.subList(next, request.size())));
        request.clear();
        var answer = send(line[0], line[1], headers, body);
        said.add("< " + answer.statusCode());
        for (String header : HEADERS) {
            // Sorted, since the methods allowed come in any order.
            answer.headers().allValues(header).stream()
                    .map(value -> Stream.of(value.split(", ")).sorted().collect(joining(", ")))
                    .forEach(value -> said.add("< " + header + ": " + told(value)));
        }
        if (!answer.body().isEmpty()) {
            said.add("< " + told(answer.body()));
        }
    }

    private HttpResponse<String> send(String method, String path, List<String> headers, String body) {
        var request = HttpRequest.newBuilder(side.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(method + " " + path + " got no answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private String filled(String text) {
        for (var name : names.entrySet()) {
            text = text.replace("${" + name.getKey() + "}", name.getValue());
        }
        return text;
    }

    private String told(String text) {
        for (var name : names.entrySet()) {
            text = text.replace(name.getValue(), "${" + name.getKey() + "}");
        }
        return text.replaceAll(ANY_ID, "\\${id}").replaceAll(ANY_TIME, "\\${time}");
    }
}
