package dev.strangler.cli.control;

import dev.strangler.cli.http.WholeExchange;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The façade's control API. Every failure ends the command with the exit code that fits: what was refused, what was
 * never sent, and what was sent without an answer are told apart.
 */
public final class ControlApi {

    private static final JsonMapper JSON = new JsonMapper();

    /** The rules of the kit turned the request down: nothing is broken. */
    private static final Set<Integer> GATES = Set.of(409, 412, 422, 423, 428);

    private final URI base;
    private final Supplier<String> token;
    private final Limits limits;
    private final HttpClient client;

    /**
     * How long is waited.
     *
     * @param connect for the connection
     * @param read for an answer that changes nothing
     * @param change for an answer to a change, which every instance of the façade acknowledges first
     */
    public record Limits(Duration connect, Duration read, Duration change) {

        /** Generous beside what the façade itself allows. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /**
     * @param base like {@code http://127.0.0.1:8081}
     * @param token asked for once per request; ends the command itself when there is none
     */
    public ControlApi(URI base, Supplier<String> token, Limits limits) {
        this.base = base;
        this.token = token;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .build();
    }

    /** Reads what is at the path. */
    public JsonNode get(String path) {
        try {
            return answer(sent(request(path).GET().build(), limits.read()), false);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(ExitCode.FAILED, e);
        }
    }

    /** Asks for a change. */
    public JsonNode post(String path, Object content) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(content)))
                .build();
        try {
            return answer(sent(request, limits.change()), true);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNKNOWN, unknown("no answer came back: " + said(e)), e);
        } catch (InterruptedException e) {
            throw interrupted(ExitCode.UNKNOWN, e);
        }
    }

    private HttpResponse<String> sent(HttpRequest request, Duration limit) throws IOException, InterruptedException {
        return WholeExchange.within(limit, client, request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token.get());
    }

    private JsonNode answer(HttpResponse<String> response, boolean change) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return json(response, change);
        }
        if (status == 401 || status == 403) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The control API at " + base + " does not accept the token (" + status
                            + "). It takes the one that it was started with; set STRANGLER_TOKEN, or restart what runs.");
        }
        var reason = reason(response);
        if (GATES.contains(status)) {
            throw new CommandFailure(ExitCode.REFUSED, "Refused: " + reason);
        }
        if (status == 400 || status == 404) {
            throw new CommandFailure(ExitCode.USAGE, reason);
        }
        if (change && (status == 502 || status == 504)) {
            throw new CommandFailure(ExitCode.UNKNOWN, unknown("the answer is " + status + ": " + reason));
        }
        throw new CommandFailure(ExitCode.FAILED, "The control API at " + base + " answers " + status + ": " + reason);
    }

    private JsonNode json(HttpResponse<String> response, boolean change) {
        try {
            return JSON.readTree(response.body().isBlank() ? "{}" : response.body());
        } catch (JacksonException e) {
            throw new CommandFailure(
                    change ? ExitCode.UNKNOWN : ExitCode.FAILED,
                    base + " answers something that is not JSON. Does another program listen there?",
                    e);
        }
    }

    private static String reason(HttpResponse<String> response) {
        try {
            var problem = JSON.readTree(response.body());
            var lines = new ArrayList<String>();
            lines.add(problem.path("detail").asString(problem.path("title").asString("no reason given")));
            problem.path("mistakes").forEach(mistake -> lines.add(mistake.asString(mistake.toString())));
            return Terminal.safe(String.join(" ", lines));
        } catch (JacksonException e) {
            return "no reason given";
        }
    }

    private CommandFailure unreachable(IOException e) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "The control API at " + base + " does not answer (" + said(e) + "), so nothing was changed."
                        + " Start everything with ./strangler up, or look why with ./strangler status.",
                e);
    }

    private String unknown(String fact) {
        return "The request was sent to " + base + ", but " + fact
                + ". It may or may not have been carried out. Look with ./strangler features before you repeat it.";
    }

    private static CommandFailure interrupted(ExitCode exitCode, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailure(exitCode, "Interrupted before the answer came.", e);
    }

    private static String said(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** What every reader of a list from this API does first: take the items, wrapped or not. */
    public static List<JsonNode> items(JsonNode answer) {
        var items = new ArrayList<JsonNode>();
        (answer.isArray() ? answer : answer.path("items")).forEach(items::add);
        return items;
    }
}
