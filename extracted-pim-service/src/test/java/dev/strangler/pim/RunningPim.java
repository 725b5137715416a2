package dev.strangler.pim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.products.ProductEvents;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service, fed through a real broker and asked through HTTP. All tests share one running service, two topics and
 * one database; each keeps to products, images and tags of its own.
 */
@WithInfrastructure
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class RunningPim {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String productsTopic;
    private static String assetsTopic;
    private static EventLog log;

    @LocalServerPort
    private int port;

    @Autowired
    protected JdbcClient database;

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        var infrastructure = Infrastructure.current();
        var database = infrastructure.database();
        productsTopic = infrastructure.topic("products.v1");
        assetsTopic = infrastructure.topic("assets.v1");
        infrastructure.createTopic(productsTopic, 3);
        infrastructure.createTopic(assetsTopic, 3);
        log = new EventLog(infrastructure.bootstrapServers());
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
        properties.add("strangler.inbox.applier-role", database::applier);
        properties.add("strangler.inbox.bootstrap-servers", infrastructure::bootstrapServers);
        properties.add("intake.products-topic", () -> productsTopic);
        properties.add("intake.assets-topic", () -> assetsTopic);
    }

    /** Tells the log of each product's state, in this order. */
    protected static void hear(Article... articles) {
        for (var article : articles) {
            hear(
                    article.id().toString(),
                    article.version(),
                    article.version() == 1 ? ProductEvents.CREATED : ProductEvents.DETAILS_CHANGED,
                    ContractEvents.write(article.state()));
        }
    }

    protected static void hear(String id, long version, String type, String payload) {
        log.append(productsTopic, ProductEvents.AGGREGATE, id, version, type, payload);
    }

    /** Tells the log of each picture's state, in this order. */
    protected static void hear(Picture... pictures) {
        for (var picture : pictures) {
            log.append(
                    assetsTopic,
                    AssetEvents.AGGREGATE,
                    picture.id().toString(),
                    picture.version(),
                    picture.version() == 1 ? AssetEvents.UPLOADED : AssetEvents.TAGGED,
                    ContractEvents.write(picture.state()));
        }
    }

    /** Waits until the service shows each product at its version. */
    protected void awaitShown(Article... articles) {
        for (var article : articles) {
            await().atMost(LIMIT).untilAsserted(() -> {
                var answer = get("/api/products/" + article.sku());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(json(answer).get("version").asLong()).isEqualTo(article.version());
            });
        }
    }

    /** Waits until this version of each picture has been applied. */
    protected void awaitApplied(Picture... pictures) {
        for (var picture : pictures) {
            awaitTrue("select strangler.applied('Asset', ?, ?)", picture.id().toString(), picture.version());
        }
    }

    protected void awaitTrue(String sql, Object... parameters) {
        await().atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(database.sql(sql)
                        .params(parameters)
                        .query(Boolean.class)
                        .single()));
    }

    protected HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    protected HttpResponse<String> send(String method, String path, String... headers) {
        var request = request(path).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(request.build());
    }

    protected HttpResponse<String> post(String path, String json) {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException("No answer to " + request, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    protected static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    protected static JsonNode tree(String json) {
        return JSON.readTree(json);
    }
}
