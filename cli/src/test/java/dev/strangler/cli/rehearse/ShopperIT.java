package dev.strangler.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cli.HttpStandIn;
import dev.strangler.cli.HttpStandIn.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShopperIT {

    private static final Map<String, String> LATER = Map.of("Retry-After", "1");

    /** A façade that lets each write come twice and shows nothing. */
    @Test
    void reads_that_show_nothing_are_remembered_and_writes_that_come_again_are_not() throws IOException {
        var recording = new Recording();
        var writes = new AtomicInteger();
        try (var shop = new HttpStandIn(request -> {
                    if (request.method().equals("GET")) {
                        return new Answer(503, "", LATER);
                    }
                    var number = writes.incrementAndGet();
                    return number % 2 == 1
                            ? new Answer(503, "", LATER)
                            : new Answer(200, "{\"id\": \"a\", \"version\": %d}".formatted(number));
                });
                var load = new Load("r", Aggregates.ASSETS, List.of(shop.uri()), 1, 200, recording, 1)) {
            await().until(() -> recording.answers().containsKey("read 503"));
            assertThat(load).isNotNull();
        }
        assertThat(recording.acknowledgedSoFar()).isPositive();
        assertThat(recording.answers()).containsKeys("write 503", "write 200");
        assertThat(recording.trouble().unwelcome()).containsOnlyKeys("read 503");
        assertThat(recording.trouble().unanswered()).isZero();
    }
}
