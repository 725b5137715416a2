package dev.strangler.dam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.contracts.ContractEvents;
import dev.strangler.contracts.assets.AssetEvents;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.media.Picture;
import dev.strangler.media.Shop;
import dev.strangler.media.SourceOfBlobs;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
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
 * The whole service, fed through a real broker and asked through HTTP. All tests share one running service, one topic and
 * one database; each keeps to assets and tags of its own.
 */
@WithInfrastructure
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class RunningDam {

    protected static final SourceOfBlobs SOURCE = new SourceOfBlobs();
    protected static final Path BLOBS = Path.of("target", "blobs-" + UUID.randomUUID());

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String topic;
    private static EventLog log;

    @LocalServerPort
    private int port;

    @Autowired
    protected JdbcClient database;

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        var infrastructure = Infrastructure.current();
        var database = infrastructure.database();
        topic = infrastructure.topic("assets.v1");
        infrastructure.createTopic(topic, 3);
        log = new EventLog(infrastructure.bootstrapServers());
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
        properties.add("strangler.inbox.applier-role", database::applier);
        properties.add("strangler.inbox.bootstrap-servers", infrastructure::bootstrapServers);
        properties.add("intake.assets-topic", () -> topic);
        var products = infrastructure.topic("products.v1");
        infrastructure.createTopic(products, 1);
        properties.add("intake.products-topic", () -> products);
        properties.add("intake.purged-every", () -> "200ms");
        // Small batches, so that the events of one asset come in several.
        properties.add("strangler.inbox.max-batch", () -> "3");
        properties.add("strangler.inbox.longest-back-off", () -> "500ms");
        properties.add("blobs.directory", BLOBS::toString);
        properties.add("blobs.source", () -> SOURCE.uri().toString());
        properties.add("blobs.copy-timeout", () -> "1s");
        properties.add("blobs.sweep-after", () -> "2s");
        properties.add("blobs.sweep-every", () -> "300ms");
    }

    /** Tells the log of each picture's state, in this order. */
    protected static void hear(Picture... pictures) {
        for (var picture : pictures) {
            hear(picture.id().toString(), picture.version(), type(picture), ContractEvents.write(picture.state()));
        }
    }

    protected static void hear(String id, long version, String type, String payload) {
        log.append(topic, AssetEvents.AGGREGATE, id, version, type, payload);
    }

    private static String type(Picture picture) {
        if (picture.state().status() == AssetStatus.PURGED) {
            return AssetEvents.PURGED;
        }
        return picture.version() == 1 ? AssetEvents.UPLOADED : AssetEvents.TAGGED;
    }

    /** Waits until the service shows each picture at its version. */
    protected void awaitShown(Picture... pictures) {
        for (var picture : pictures) {
            await().atMost(LIMIT).untilAsserted(() -> {
                var answer = get("/api/assets/" + picture.id());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(json(answer).get("version").asLong()).isEqualTo(picture.version());
            });
        }
    }

    /** Waits until this version of the picture has been applied, whatever can be seen of it. */
    protected void awaitApplied(Picture picture) {
        awaitTrue("select strangler.applied('Asset', ?, ?)", picture.id().toString(), picture.version());
    }

    protected void awaitTrue(String sql, Object... parameters) {
        await().atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(database.sql(sql)
                        .params(parameters)
                        .query(Boolean.class)
                        .single()));
    }

    protected void awaitParked(Picture picture) {
        awaitTrue(
                "select exists (select from strangler.inbox_parked where aggregateid = ?)",
                picture.id().toString());
    }

    /** The service as its clients see it. */
    protected Shop shop() {
        return new Shop(port);
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

    /** Where the service keeps the blob of that digest. */
    protected static Path blob(String digest) {
        return BLOBS.resolve(digest.substring(0, 2))
                .resolve(digest.substring(2, 4))
                .resolve(digest);
    }

    protected static JsonNode tree(String json) {
        return JSON.readTree(json);
    }
}
