package dev.strangler.facade;

import dev.strangler.facade.proxy.PublicPort;
import dev.strangler.sandbox.Database;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One whole façade on free ports. Several may share a database. */
public final class FacadeProcess implements AutoCloseable {

    public static final String TOKEN = "a-token-for-tests-only";

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    public FacadeProcess(Database database, Path map, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--facade.public.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--strangler.map=" + map,
                "--strangler.token=" + TOKEN));
        for (var argument : more) {
            var name = argument.substring(0, argument.indexOf('=') + 1);
            arguments.removeIf(earlier -> earlier.startsWith(name));
            arguments.add(argument);
        }
        context = new SpringApplicationBuilder(FacadeApplication.class).run(arguments.toArray(String[]::new));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public URI control(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    public URI shop(String path) {
        var port = context.getBean(PublicPort.class).address().getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Asks the public port as this client; answers who has served it. */
    public String servedBy(String path, String clientId) {
        var answer = send(HttpRequest.newBuilder(shop(path)).header("X-Client-Id", clientId));
        return answer.headers().firstValue("X-Served-By").orElse("nobody, " + answer.statusCode());
    }

    public HttpResponse<String> ask(String path) {
        return send(authorised(path));
    }

    public JsonNode get(String path) {
        return json(ask(path));
    }

    public HttpResponse<String> order(String path, String body) {
        return send(authorised(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    public JsonNode post(String path, String body) {
        return json(order(path, body));
    }

    public HttpRequest.Builder authorised(String path) {
        return HttpRequest.newBuilder(control(path)).header("Authorization", "Bearer " + TOKEN);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        context.close();
    }
}
