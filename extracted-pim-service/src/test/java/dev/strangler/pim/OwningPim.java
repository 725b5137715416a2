package dev.strangler.pim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.contracts.ContractSchemas;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.outbox.EventCheck;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on a real PostgreSQL, without Kafka, as the owner of the products. All tests share it, so each makes its
 * own data and looks for nothing else.
 */
@WithInfrastructure
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"strangler.inbox.enabled=false", "products.expect-images-for=300ms", "strangler.side.open-for=0"})
@Import(OwningPim.CheckedEvents.class)
@Timeout(180)
public abstract class OwningPim {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @LocalServerPort
    private int port;

    @Autowired
    protected JdbcClient database;

    @DynamicPropertySource
    static void useSandbox(DynamicPropertyRegistry properties) {
        var database = Infrastructure.current().database();
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
        properties.add("strangler.inbox.applier-role", database::applier);
    }

    @BeforeEach
    void own() {
        database.sql("select strangler.fence_open('products', 1, 'test')")
                .query(Boolean.class)
                .single();
        enforce();
    }

    /** Shuts the fence, as when the ownership begins to move away; until {@link #reopen}. */
    protected long close() {
        long epoch = epoch();
        database.sql("select strangler.fence_close('products', ?, 'away', '[]')::text")
                .param(epoch)
                .query(String.class)
                .single();
        return epoch;
    }

    /** Opens the fence again at the next epoch. */
    protected void reopen() {
        database.sql("select strangler.fence_open('products', ?, 'back')")
                .param(epoch() + 1)
                .query(Boolean.class)
                .single();
        enforce();
    }

    private long epoch() {
        return database.sql("select epoch from strangler.fence_state('products')")
                .query(Long.class)
                .single();
    }

    private void enforce() {
        database.sql("select strangler.fence_enforce('products')::text")
                .query(String.class)
                .single();
    }

    protected int port() {
        return port;
    }

    /** An image of somebody else, as this service has heard of it. */
    protected UUID image(String fileName, boolean trashed, List<String> tags) {
        var id = UUID.randomUUID();
        database.sql("""
                        insert into attachable_image (id, file_name, content_type, width, height, tags, trashed, version, uploaded_at)
                        values (:id, :fileName, 'image/png', 4, 3, :tags, :trashed, 1, now())""")
                .param("id", id)
                .param("fileName", fileName)
                .param("tags", tags.toArray(String[]::new))
                .param("trashed", trashed)
                .update();
        return id;
    }

    protected UUID image() {
        return image("picture.png", false, List.of());
    }

    protected Answer get(String path) {
        return send("GET", path, null);
    }

    protected Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    protected Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    protected Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    protected CompletableFuture<Answer> postLater(String path, String json, String... headers) {
        return HTTP.sendAsync(request("POST", path, json, headers), BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    private Answer send(String method, String path, String json, String... headers) {
        try {
            return new Answer(HTTP.send(request(method, path, json, headers), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new IllegalStateException(method + " " + path + " got no answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private HttpRequest request(String method, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public Answer is(int status) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return this;
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
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class CheckedEvents {

        /** For the rebuilds, which nobody asks for here. */
        @Bean
        InboxSettings noInbox() {
            return InboxSettings.of("nowhere:1");
        }

        /** No event gets into the outbox that its schema does not take. */
        @Bean
        EventCheck contractCheck() {
            return event -> ContractSchemas.check(event.type(), event.schemaVersion(), event.payload());
        }
    }
}
