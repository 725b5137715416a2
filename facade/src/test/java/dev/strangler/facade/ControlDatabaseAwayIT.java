package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.sandbox.BreaksInfrastructure;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@BreaksInfrastructure
@Timeout(180)
class ControlDatabaseAwayIT extends FacadesOnStandIns {

    @Test
    void a_control_database_that_is_away_stops_changes_and_nothing_else() throws Exception {
        var facade = start("--spring.datasource.hikari.connection-timeout=500");
        facade.post("/control/features/assets/reads", """
                {"service": 100, "who": "ann"}""");
        infrastructure.postgresServer().kill();
        try {
            assertThat(facade.servedBy("/api/assets", "somebody")).isEqualTo("dam");
            var refused = facade.order("/control/features/assets/reads", """
                    {"service": 0, "who": "ann"}""");
            assertThat(refused.statusCode()).isIn(503, 504);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(
                                    facade.get("/control/health").path("status").asString())
                            .isEqualTo("STALE"));
            assertThat(facade.servedBy("/api/assets", "somebody")).isEqualTo("dam");
            // Somebody else may own the feature by now: whoever is cut off takes no writes.
            var write = facade.send(
                    HttpRequest.newBuilder(facade.shop("/api/assets")).POST(HttpRequest.BodyPublishers.ofString("x")));
            assertThat(write.statusCode()).isEqualTo(503);
            assertThat(write.body()).contains("routes-stale");
            assertThat(write.headers().firstValue("Retry-After")).isPresent();
        } finally {
            infrastructure.postgresServer().start();
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(facade.get("/control/health").path("status").asString()).isEqualTo("UP");
            var moved = facade.post("/control/features/assets/reads", """
                    {"service": 0, "who": "ann"}""");
            assertThat(moved.path("stragglers").isEmpty()).isTrue();
        });
        assertThat(facade.servedBy("/api/assets", "somebody")).isEqualTo("monolith");
    }
}
