package dev.strangler.facade.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.facade.Maps;
import dev.strangler.facade.StandInSide;
import dev.strangler.facade.proxy.HeldWrites;
import dev.strangler.facade.proxy.Limits;
import dev.strangler.facade.proxy.PublicPort;
import dev.strangler.facade.written.AppliedWrites;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Reads through a real public port, compared between stand-ins for the monolith and the DAM. */
@Timeout(60)
class ShadowedReadsIT {

    private static final FeatureName ASSETS = new FeatureName("assets");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final StandInSide monolith = new StandInSide("monolith");
    private final StandInSide dam = new StandInSide("dam");
    private final Remembering shadows = new Remembering();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ComparingReads comparing;
    private final PublicPort port;

    ShadowedReadsIT() {
        var map = Maps.map(Maps.environment(monolith.url(), dam.url(), "http://127.0.0.1:1"));
        comparing = comparing(map, 2, 4, 1_000);
        var route = Route.atMonolith(ASSETS).reading(new Reads.Shadowed(Percentage.ALL));
        port = new PublicPort(
                map,
                feature -> feature.equals(ASSETS) ? route : Route.atMonolith(feature),
                (side, written, answer) -> answer.accept(AppliedWrites.Answer.UNKNOWN),
                new HeldWrites(16),
                () -> false,
                comparing,
                new PublicPort.Settings(
                        "127.0.0.1",
                        0,
                        2,
                        256,
                        Duration.ofHours(1),
                        100,
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4)),
                new Limits(
                        64,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5),
                        1_000_000),
                Clock.systemUTC());
        port.open();
    }

    private ComparingReads comparing(FeatureMap map, int concurrent, int queue, int perSecond) {
        return new ComparingReads(
                map,
                shadows,
                new ShadowProperties(
                        concurrent,
                        queue,
                        perSecond,
                        Duration.ofSeconds(3),
                        DataSize.ofKilobytes(64),
                        List.of(Duration.ofMillis(20), Duration.ofMillis(20)),
                        Map.of("assets", List.of("servedAt"))),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        released.countDown();
        port.close();
        comparing.close();
        monolith.close();
        dam.close();
    }

    @Test
    void answers_that_mean_the_same_are_equal_whatever_their_order_and_notation() throws Exception {
        monolith.answer(json("""
                {"items": [{"id": 1, "at": "2026-01-01T10:00:00Z"}, {"id": 2, "at": null}], "servedAt": "here"}"""));
        dam.answer(json("""
                {"servedAt": "there", "items": [{"at": null, "id": 2}, {"id": 1, "at": "2026-01-01T11:00:00.000+01:00"}]}"""));
        assertThat(get("/api/assets?query=mug")).contains("here");
        awaitTally(new Tally(1, 1, 0, 0, 0, 0));
        assertThat(shadows.endpoints()).containsOnlyKeys("GET /api/assets");
        assertThat(dam.lastAsked().target()).isEqualTo("/api/assets?query=mug");
    }

    @Test
    void what_stays_different_is_reported_by_request_and_field_with_a_sample() throws Exception {
        monolith.answer(json("{\"id\": 7, \"price\": {\"amount\": 12.50}, \"tags\": [\"a\", \"b\"]}"));
        dam.answer(json("{\"id\": 7, \"price\": {\"amount\": 12.5}, \"tags\": [\"b\"]}"));
        get("/api/assets/8a6e0804-2bd0-4672-b79d-d97027f9071a");
        awaitTally(new Tally(1, 0, 0, 1, 0, 0));
        var seen = shadows.endpoints().get("GET /api/assets/{id}");
        assertThat(seen.fields()).isEqualTo(Map.of("price.amount", 1L, "tags[]", 1L));
        assertThat(seen.samples())
                .extracting(sample -> sample.field() + ": " + sample.control() + " | " + sample.candidate())
                .containsExactlyInAnyOrder("price.amount: 12.50 | 12.5", "tags[]: a | b");
    }

    @Test
    void what_the_control_itself_changes_from_answer_to_answer_is_noise() throws Exception {
        var number = new AtomicInteger();
        StandInSide.Answering counting =
                exchange -> json("{\"name\": \"mug\", \"visit\": %d}".formatted(number.incrementAndGet()))
                        .answer(exchange);
        monolith.answer(counting);
        dam.answer(counting);
        get("/api/assets/1");
        awaitTally(new Tally(1, 1, 0, 0, 0, 0));
    }

    @Test
    void a_change_that_is_under_way_is_late_and_no_difference() throws Exception {
        var asked = new AtomicInteger();
        monolith.answer(json("{\"version\": 2}"));
        dam.answer(exchange -> json(asked.incrementAndGet() == 1 ? "{\"version\": 1}" : "{\"version\": 2}")
                .answer(exchange));
        get("/api/assets/1");
        awaitTally(new Tally(1, 0, 1, 0, 0, 0));
    }

    @Test
    void a_service_that_refuses_what_the_monolith_answers_differs() throws Exception {
        monolith.answer(json("{}"));
        dam.answer(exchange -> exchange.sendResponseHeaders(500, -1));
        get("/api/assets/1");
        awaitTally(new Tally(1, 0, 0, 1, 0, 0));
        assertThat(shadows.endpoints().get("GET /api/assets/{id}").fields()).containsKey("status");
    }

    @Test
    void pictures_are_compared_by_their_bytes() throws Exception {
        get("/api/assets/1/content");
        awaitTally(new Tally(1, 0, 0, 1, 0, 0));
        assertThat(shadows.endpoints().get("GET /api/assets/{id}/content").fields())
                .isEqualTo(Map.of("body", 1L));
    }

    @Test
    void a_service_that_hangs_slows_no_answer_and_is_asked_no_more_than_allowed() throws Exception {
        var waiting = new AtomicInteger();
        dam.answer(exchange -> {
            waiting.incrementAndGet();
            released.await();
        });
        var slowest = Duration.ZERO;
        for (var number = 0; number < 40; number++) {
            var began = System.nanoTime();
            assertThat(get("/api/assets/1")).isEqualTo("monolith");
            var took = Duration.ofNanos(System.nanoTime() - began);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        assertThat(slowest)
                .as("slowest answer; the service would have taken 3 s")
                .isLessThan(Duration.ofSeconds(2));
        assertThat(waiting.get()).as("requests at the service").isLessThanOrEqualTo(2);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(shadows.total().dropped())
                        .as("2 compared, 4 queued, the rest dropped")
                        .isGreaterThanOrEqualTo(30));
    }

    @Test
    void writes_and_other_features_are_never_sent_twice() throws Exception {
        client.send(request("/api/assets").POST(BodyPublishers.ofString("x")).build(), BodyHandlers.discarding());
        client.send(
                request("/api/assets/1").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        get("/api/products");
        get("/api/assets/1");
        awaitTally(new Tally(1, 0, 0, 1, 0, 0));
        assertThat(dam.asked()).allMatch(asked -> asked.method().equals("GET"));
        assertThat(monolith.asked())
                .filteredOn(asked -> asked.method().equals("POST"))
                .hasSize(1);
        assertThat(monolith.asked())
                .filteredOn(asked -> asked.target().equals("/api/products"))
                .hasSize(1);
    }

    @Test
    void beyond_the_budget_nothing_is_compared() throws Exception {
        try (var stingy =
                comparing(Maps.map(Maps.environment(monolith.url(), dam.url(), "http://127.0.0.1:1")), 2, 64, 0)) {
            var feature = Maps.map(Maps.environment(monolith.url(), dam.url(), "http://127.0.0.1:1"))
                    .feature(ASSETS)
                    .orElseThrow();
            stingy.offer(new ShadowedRead(feature, 2, "/api/assets", "", Map.of()));
            awaitTally(new Tally(0, 0, 0, 0, 0, 1));
            assertThat(dam.asked()).isEmpty();
        }
    }

    private void awaitTally(Tally expected) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(shadows.total()).isEqualTo(expected));
    }

    private static StandInSide.Answering json(String text) {
        return exchange -> answerJson(exchange, text);
    }

    private static void answerJson(HttpExchange exchange, String text) throws IOException {
        var body = text.getBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.address().getPort() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private String get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    /** Keeps in memory what was seen. */
    private static final class Remembering implements Shadows {

        private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

        @Override
        public synchronized void add(FeatureName feature, long since, Endpoint seen) {
            endpoints.merge(seen.name(), seen, (one, other) -> {
                var fields = new LinkedHashMap<>(one.fields());
                other.fields().forEach((field, count) -> fields.merge(field, count, Long::sum));
                var samples = new ArrayList<>(one.samples());
                samples.addAll(other.samples());
                return new Endpoint(one.name(), one.tally().plus(other.tally()), fields, samples);
            });
        }

        @Override
        public synchronized Report newest(FeatureName feature) {
            return new Report(feature, 2, List.copyOf(endpoints.values()));
        }

        synchronized Map<String, Endpoint> endpoints() {
            return new LinkedHashMap<>(endpoints);
        }

        Tally total() {
            return newest(ASSETS).total();
        }
    }
}
