package dev.strangler.side.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running side of the counters: its HTTP, its database, and its fence in the hands of the test. */
public final class Counting implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final JdbcClient database;
    private final URI base;

    private Counting(ConfigurableApplicationContext context) {
        this.context = context;
        this.database = context.getBean(JdbcClient.class);
        this.base = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    public static Counting start(Side side, Database database, String... properties) {
        return new Counting(CountingApplication.start(side, database, properties));
    }

    public JdbcClient database() {
        return database;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Answer send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody());
        try {
            return new Answer(HTTP.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new IllegalStateException(method + " " + path + " got no answer", failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    public int value(String name) {
        return send("GET", "/counters/" + name).is(200).json().path("value").intValue();
    }

    /** Shuts the fence; then nobody is known to own the counters. */
    public void close(long epoch, String operation) {
        database.sql("select strangler.fence_close('counters', ?, ?, '[]')::text")
                .params(epoch, operation)
                .query(String.class)
                .single();
    }

    /** Opens the fence at a new epoch. */
    public void open(long epoch, String operation) {
        assertThat(database.sql("select strangler.fence_open('counters', ?, ?)")
                        .params(epoch, operation)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        database.sql("select strangler.fence_enforce('counters')::text")
                .query(String.class)
                .single();
    }

    /** Tells this side who owns the counters. */
    public void settle(Side owner, long epoch) {
        database.sql("select strangler.fence_settle('counters', ?, ?)::text")
                .params(owner.name(), epoch)
                .query(String.class)
                .single();
    }

    @Override
    public void close() {
        context.close();
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public Answer is(int status) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return this;
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Checks that it is the refusal of a fence, which names this owner and epoch in headers and body alike. */
        public Answer isFenced(int status, String owner, long epoch) {
            is(status);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(header("X-Strangler-Owner")).isEqualTo(owner);
            assertThat(header("X-Strangler-Epoch")).isEqualTo(Long.toString(epoch));
            assertThat(header("Retry-After")).isEqualTo(status == 503 ? "1" : "");
            var problem = json();
            assertThat(problem.path("type").stringValue()).isEqualTo("urn:strangler:problem:fenced");
            assertThat(problem.path("status").intValue()).isEqualTo(status);
            assertThat(problem.path("fenced").booleanValue()).isTrue();
            assertThat(problem.path("feature").stringValue()).isEqualTo("counters");
            assertThat(problem.path("owner").stringValue()).isEqualTo(owner);
            assertThat(problem.path("epoch").longValue()).isEqualTo(epoch);
            assertThat(problem.path("detail").stringValue()).contains("counters", "nothing was done");
            assertThat(problem.path("instance").stringValue()).startsWith("/counters/");
            return this;
        }
    }
}
