package dev.strangler.monolith.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.monolith.RunningMonolith;
import dev.strangler.sandbox.BreaksInfrastructure;
import dev.strangler.sandbox.Infrastructure;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The monolith while its database is dead, and after. */
@BreaksInfrastructure
@Timeout(180)
class DatabaseAwayIT extends RunningMonolith {

    private static final String CREATION =
            "{\"sku\": \"%s\", \"name\": \"n\", \"price\": {\"amount\": 1, \"currency\": \"EUR\"}}";

    @Test
    void requests_are_answered_503_until_the_database_is_back_and_a_repeated_command_is_done_once(
            Infrastructure infrastructure) throws Exception {
        var key = UUID.randomUUID().toString();
        var creation = CREATION.formatted("AWAY-" + key.substring(0, 8));
        browser().get("/api/products").is(200);
        infrastructure.postgresServer().kill();
        try {
            for (int i = 0; i < 1; i++) {
                var read = browser().get("/api/products").isProblem(503);
                assertThat(read.header("Retry-After")).isEqualTo("1");
                browser()
                        .post("/api/products", creation, "Idempotency-Key", key)
                        .isProblem(503);
            }
            // Dead database, living process: nobody should restart the monolith for it.
            browser().get("/actuator/health/liveness").is(200);
        } finally {
            infrastructure.postgresServer().start();
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> browser()
                        .post("/api/products", creation, "Idempotency-Key", key)
                        .is(201));
        assertThat(browser()
                        .post("/api/products", creation, "Idempotency-Key", key)
                        .is(201)
                        .header("Idempotency-Replayed"))
                .isEqualTo("true");
    }
}
