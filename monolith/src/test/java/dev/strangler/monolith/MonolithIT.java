package dev.strangler.monolith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MonolithIT extends RunningMonolith {

    @Autowired
    private Clock clock;

    @Autowired
    private Environment environment;

    @Autowired
    private Outbox outbox;

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void health_is_told_for_starting_and_stopping_it() {
        assertThat(browser().get("/actuator/health/readiness").is(200).text()).contains("UP");
        assertThat(browser().get("/actuator/health/liveness").is(200).text()).contains("UP");
    }

    @Test
    void every_answer_says_who_gave_it() {
        for (String path : List.of("/api/products", "/nothing", "/actuator/health", "/api/products?page=x")) {
            assertThat(browser().get(path).response().headers().allValues("X-Served-By"))
                    .containsExactly("monolith");
        }
    }

    @Test
    void it_listens_on_the_loopback_address_unless_told_otherwise() {
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void its_time_is_in_whole_microseconds() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(clock.instant().getNano() % 1_000).isZero();
        }
    }

    @Test
    void an_event_that_its_schema_does_not_take_stops_the_change() {
        var event = new OutboxEvent(
                "Product", UUID.randomUUID().toString(), 1, "ProductCreated", 1, "{\"sku\": \"x\"}", clock.instant());

        assertThatThrownBy(() ->
                        new TransactionTemplate(transactions).executeWithoutResult(status -> outbox.append(event)))
                .hasMessageContaining("field 'price' is missing at /price");
        assertThat(database.sql("select count(*) from strangler.outbox where aggregateid = ?")
                        .param(event.aggregateId())
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
