package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Side;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What clients meet while a feature is handed over. */
class HeldWritesIT extends OpenPublicPort {

    HeldWritesIT() throws Exception {}

    @Test
    void a_held_write_goes_to_the_new_owner_with_its_whole_body_and_reads_go_on() throws Exception {
        await().untilAsserted(() -> assertThat(get("/api/assets/1").body()).isEqualTo("monolith"));
        held.hold(ASSETS);
        var body = "x".repeat(300_000);
        var waiting = later("/api/assets", body);
        await().until(() -> held.waiting() == 1);
        assertThat(get("/api/assets/1").body()).isEqualTo("monolith");
        assertThat(servedBy(post("/api/products", "x"))).isEqualTo("monolith");
        assertThat(monolith.asked()).noneMatch(asked -> asked.target().equals("/api/assets"));
        var received = new CompletableFuture<Integer>();
        dam.answer(exchange -> {
            received.complete(exchange.getRequestBody().readAllBytes().length);
            dam.sayName(exchange);
        });
        routes.put(ASSETS, Route.atMonolith(ASSETS).ownedBy(Side.SERVICE, new Epoch(1)));
        held.release(ASSETS);
        assertThat(servedBy(waiting.get(5, TimeUnit.SECONDS))).isEqualTo("dam");
        assertThat(received.get(5, TimeUnit.SECONDS)).isEqualTo(300_000);
        await().until(() -> held.underWay(ASSETS) == 0);
    }

    @Test
    void a_write_that_waits_too_long_is_told_to_come_again_and_reaches_nobody() throws Exception {
        held.hold(ASSETS);
        var answer = post("/api/assets", "x");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("handover").contains("nothing of it was done");
        assertThat(held.waiting()).isZero();
        assertThat(monolith.asked()).isEmpty();
        held.release(ASSETS);
        assertThat(servedBy(post("/api/assets", "x"))).isEqualTo("monolith");
    }

    @Test
    void no_more_than_a_few_may_wait() throws Exception {
        held.hold(ASSETS);
        var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var number = 0; number < 3; number++) {
            waiting.add(later("/api/assets", "x"));
        }
        await().until(() -> held.waiting() == 3);
        assertThat(post("/api/assets", "one too many").statusCode()).isEqualTo(503);
        held.release(ASSETS);
        for (var one : waiting) {
            assertThat(servedBy(one.get(5, TimeUnit.SECONDS))).isEqualTo("monolith");
        }
    }

    @Test
    void a_client_that_goes_away_while_it_waits_leaves_nothing_behind() throws Exception {
        held.hold(ASSETS);
        try (var client = new RawHttp(port.address().getPort())) {
            client.write("POST /api/assets HTTP/1.1\r\nHost: shop\r\nContent-Length: 3\r\n\r\n");
            await().until(() -> held.waiting() == 1);
        }
        held.release(ASSETS);
        await().until(() -> held.waiting() == 0 && held.underWay(ASSETS) == 0);
        assertThat(servedBy(post("/api/assets", "x"))).isEqualTo("monolith");
    }

    @Test
    void who_does_not_know_the_routes_passes_no_writes_on() throws Exception {
        isStale.set(true);
        var refused = post("/api/assets", "x");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("routes-stale");
        assertThat(get("/api/assets/1").body()).isEqualTo("monolith");
        isStale.set(false);
        assertThat(servedBy(post("/api/assets", "x"))).isEqualTo("monolith");
    }

    @Test
    void a_side_that_is_no_longer_the_owner_makes_the_client_come_again() throws Exception {
        monolith.answer(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Strangler-Owner", "service");
            exchange.sendResponseHeaders(421, -1);
        });
        var answer = post("/api/assets", "x");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("X-Strangler-Owner")).isEmpty();
    }

    private CompletableFuture<HttpResponse<String>> later(String path, String body) {
        return client.sendAsync(
                request(path).POST(BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
