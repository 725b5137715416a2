package dev.strangler.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

class MonolithIT extends RunningMonolith {

    @Autowired
    private Clock clock;

    @Autowired
    private Environment environment;

    @Test
    void health_is_told_for_starting_and_stopping_it() {
        assertThat(browser().get("/actuator/health/readiness").is(200).text()).contains("UP");
        assertThat(browser().get("/actuator/health/liveness").is(200).text()).contains("UP");
    }

    @Test
    void every_answer_says_who_gave_it() {
        for (String path : java.util.List.of("/api/products", "/nothing", "/actuator/health", "/api/products?page=x")) {
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
}
