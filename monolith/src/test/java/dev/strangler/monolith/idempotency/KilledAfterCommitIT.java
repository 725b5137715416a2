package dev.strangler.monolith.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.monolith.Browser;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.JavaApplication;
import dev.strangler.sandbox.WithInfrastructure;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The monolith as it is shipped, in a process of its own, killed in the worst moment. */
@WithInfrastructure
@Timeout(600)
class KilledAfterCommitIT {

    private static final Path JAR = Path.of("target", "strangler-monolith-exec.jar");

    private final String key = UUID.randomUUID().toString();
    private final String creation =
            "{\"sku\": \"K-1\", \"name\": \"n\", \"price\": {\"amount\": 1.50, \"currency\": \"EUR\"}}";

    @Test
    void a_command_whose_answer_died_with_the_monolith_is_answered_when_repeated_and_not_done_twice(
            Infrastructure infrastructure, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        var database = infrastructure.database();
        var sql = JdbcClient.create(database.dataSource());
        try (var gate = new CommitGate(database.port())) {
            int port = freePort();
            var monolith = JavaApplication.in(
                    directory,
                    "monolith",
                    JavaApplication.Launch.of(
                                    JAR,
                                    Map.of(
                                            "SERVER_PORT", String.valueOf(port),
                                            "SPRING_DATASOURCE_URL",
                                                    "jdbc:postgresql://127.0.0.1:" + gate.port() + "/"
                                                            + database.name(),
                                            "SPRING_DATASOURCE_USERNAME", database.username(),
                                            "SPRING_DATASOURCE_PASSWORD", database.password(),
                                            "STRANGLER_INBOX_ENABLED", "false",
                                            "BLOBS_DIRECTORY",
                                                    directory.resolve("blobs").toString()),
                                    directory,
                                    URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                            // It starts sooner, and lives for one request only.
                            .withOptions(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"))
                            .within(Duration.ofMinutes(4)));
            monolith.start();
            try {
                var browser = new Browser(port);
                var committed = gate.hold("K-1");
                var unanswered = browser.postLater("/api/products", creation, "Idempotency-Key", key);
                assertThat(committed.isCommittedWithin(30)).isTrue();
                monolith.kill();
                assertThat(unanswered).failsWithin(Duration.ofSeconds(10));
                assertThat(products(sql)).as("committed before the kill").isEqualTo(1);

                gate.hold("\0 nothing");
                monolith.start();
                var repeated = browser.post("/api/products", creation, "Idempotency-Key", key)
                        .is(201);

                assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
                assertThat(repeated.header("X-Strangler-Written"))
                        .isEqualTo("Product:" + repeated.json().path("id").stringValue() + ":1");
                assertThat(products(sql)).isEqualTo(1);
                assertThat(events(sql)).isEqualTo(1);
                browser.post("/api/products", creation).isProblem(409);
            } finally {
                monolith.stop();
            }
        }
    }

    private static long products(JdbcClient sql) {
        return sql.sql("select count(*) from product").query(Long.class).single();
    }

    private static long events(JdbcClient sql) {
        return sql.sql("select count(*) from strangler.outbox")
                .query(Long.class)
                .single();
    }

    private static int freePort() throws java.io.IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
