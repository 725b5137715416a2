package dev.strangler.outbox.relay;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the REST interface of a Kafka Connect cluster, any worker of it. Every call ends within the time limit, its answer's
 * body included, or within a few of them while the cluster is rebalancing.
 *
 * <p>Every method throws {@link ConnectFailure} when Connect does not answer in time or refuses.
 */
public final class ConnectClient implements Connectors {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final int REBALANCING = 409;
    private static final int ERRORS_FROM = 400;
    private static final int ATTEMPTS = 20;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final URI workers;
    private final Duration timeLimit;
    private final HttpClient http;

    /** A client with a time limit of 10 seconds per request. */
    public ConnectClient(URI workers) {
        this(workers, TIME_LIMIT);
    }

    /** A client whose requests take at most the given time. */
    public ConnectClient(URI workers, Duration timeLimit) {
        this.workers = workers;
        this.timeLimit = timeLimit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeLimit)
                .build();
    }

    /** Whether a worker answers. */
    public boolean isReachable() {
        try {
            send("GET", "/", null);
            return true;
        } catch (ConnectFailure failure) {
            return false;
        }
    }

    /** Registers the connector or changes its configuration; the same configuration again changes nothing. */
    public void put(RelayConnector connector) {
        put(connector.name(), connector.configuration());
    }

    /** Registers a connector under a name or changes its configuration. */
    public void put(String name, Map<String, String> configuration) {
        accepted("PUT", connector(name) + "/config", Json.write(configuration));
    }

    /** The configuration as registered, passwords included; empty when there is no such connector. */
    public Optional<Map<String, String>> configuration(String name) {
        return found("GET", connector(name) + "/config").map(body -> {
            var configuration = new TreeMap<String, String>();
            Json.object(body).forEach((key, value) -> configuration.put(key, String.valueOf(value)));
            return configuration;
        });
    }

    /** The state of the connector and of each task; empty when there is no such connector. */
    @Override
    public Optional<ConnectorStatus> status(String name) {
        return found("GET", connector(name) + "/status").map(ConnectAnswers::status);
    }

    /** How far the connector has read, as it has stored it; empty when it has stored nothing or there is no such connector. */
    public Optional<RelayOffset> offset(String name) {
        return found("GET", connector(name) + "/offsets").flatMap(ConnectAnswers::offset);
    }

    /** Restarts the connector and its tasks where they have failed; those that run go on. */
    @Override
    public void restartFailed(String name) {
        accepted("POST", connector(name) + "/restart?includeTasks=true&onlyFailed=true", "");
    }

    /** Stops the connector and gives up its tasks; it stays registered, its offset stays. */
    public void stop(String name) {
        accepted("PUT", connector(name) + "/stop", "");
    }

    /** Starts a stopped connector again. */
    public void resume(String name) {
        accepted("PUT", connector(name) + "/resume", "");
    }

    /**
     * Forgets how far a stopped connector has read. It then starts where the slot stands, so this is for a slot made anew
     * whose gap is appended again.
     */
    public void forgetOffset(String name) {
        accepted("DELETE", connector(name) + "/offsets", null);
    }

    /**
     * Waits until the connector and its tasks run.
     *
     * @throws ConnectFailure when they do not within the time limit; the message has the last state, traces included
     */
    public void awaitRunning(String name, Duration limit) {
        await(name, "RUNNING", limit, ConnectorStatus::isRunning);
    }

    /**
     * Waits until the connector is in a state and has no task in another.
     *
     * @throws ConnectFailure when it is not within the time limit
     */
    public void awaitState(String name, String state, Duration limit) {
        await(
                name,
                state,
                limit,
                status -> status.state().equals(state)
                        && status.tasks().stream().allMatch(task -> task.state().equals(state)));
    }

    private void await(String name, String state, Duration limit, Predicate<ConnectorStatus> reached) {
        var deadline = System.nanoTime() + limit.toNanos();
        var last = status(name);
        while (last.filter(reached).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw ConnectFailure.late(
                        name, state, limit, last.map(Object::toString).orElse("not registered"));
            }
            pause(POLL);
            last = status(name);
        }
    }

    /** Removes the connector; its offset and its slot stay. Does nothing when there is none. */
    public void delete(String name) {
        found("DELETE", connector(name));
    }

    private static String connector(String name) {
        return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Optional<String> found(String method, String path) {
        var answer = settled(method, path, null);
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(body(answer));
    }

    private void accepted(String method, String path, @Nullable String body) {
        body(settled(method, path, body));
    }

    private static String body(HttpResponse<String> answer) {
        if (answer.statusCode() >= ERRORS_FROM) {
            throw ConnectFailure.refused(answer.uri(), answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    /** A cluster that is rebalancing answers 409 to everything for a moment. */
    private HttpResponse<String> settled(String method, String path, @Nullable String body) {
        var answer = send(method, path, body);
        for (int attempt = 1; answer.statusCode() == REBALANCING && attempt < ATTEMPTS; attempt++) {
            pause(BETWEEN_ATTEMPTS);
            answer = send(method, path, body);
        }
        return answer;
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body) {
        var uri = workers.resolve(path);
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        // The timeout of a request ends with the headers; a worker may stand still behind them.
        var answering = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return answering.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw ConnectFailure.unreachable(uri, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw ConnectFailure.unreachable(uri, new HttpTimeoutException("request timed out"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectFailure.unreachable(uri, e);
        } finally {
            answering.cancel(true);
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectFailure.unreachable(workers, e);
        }
    }
}
