package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Route;
import dev.strangler.facade.Maps;
import dev.strangler.facade.StandInSide;
import dev.strangler.facade.written.AppliedWrites;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PublicPortIT {

    private static final FeatureName ASSETS = new FeatureName("assets");
    private static final FeatureName PRODUCTS = new FeatureName("products");
    private static final Limits LIMITS = new Limits(
            4, Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ofSeconds(20), Duration.ofSeconds(5), 1_000_000);

    private final StandInSide monolith = new StandInSide("monolith");
    private final StandInSide dam = new StandInSide("dam");
    private final Map<FeatureName, Route> routes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> applied = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final PublicPort port;

    PublicPortIT() throws Exception {
        String nobody;
        try (var taken = new ServerSocket(0)) {
            nobody = "http://127.0.0.1:" + taken.getLocalPort();
        }
        port = new PublicPort(
                Maps.map(Maps.environment(monolith.url(), dam.url(), nobody)),
                feature -> routes.getOrDefault(feature, Route.atMonolith(feature)),
                this::appliedSoFar,
                new PublicPort.Settings("127.0.0.1", 0, 2, 256, Duration.ofHours(1), 100, false, Duration.ofSeconds(2)),
                LIMITS,
                Clock.systemUTC());
        port.open();
    }

    @AfterEach
    void close() {
        port.close();
        monolith.close();
        dam.close();
    }

    @Test
    void reads_follow_the_route_and_writes_stay_with_the_owner() throws Exception {
        assertThat(get("/api/assets/1?q=a%20b").body()).isEqualTo("monolith");
        assertThat(monolith.lastAsked().target()).isEqualTo("/api/assets/1?q=a%20b");
        readAt(ASSETS, 100);
        var answer = get("/api/assets/1");
        assertThat(answer.body()).isEqualTo("dam");
        assertThat(servedBy(answer)).isEqualTo("dam");
        assertThat(servedBy(post("/api/assets", "x"))).isEqualTo("monolith");
        assertThat(servedBy(get("/api/products"))).isEqualTo("monolith");
        assertThat(servedBy(send(request("/api/assets/1").method("HEAD", BodyPublishers.noBody()))))
                .isEqualTo("dam");
        assertThat(servedBy(send(request("/api/assets/1").DELETE()))).isEqualTo("monolith");
        assertThat(servedBy(send(request("/api/assets/1/tags").PUT(BodyPublishers.ofString("{}")))))
                .isEqualTo("monolith");
    }

    @Test
    void a_client_stays_on_its_side_and_the_share_is_about_what_was_asked() throws Exception {
        readAt(ASSETS, 25);
        var random = new Random(20260101);
        var atService = 0;
        for (var number = 0; number < 400; number++) {
            var id = "client-" + Long.toHexString(random.nextLong());
            var first = servedBy(send(request("/api/assets").header("X-Client-Id", id)));
            assertThat(servedBy(send(request("/api/assets").header("X-Client-Id", id))))
                    .isEqualTo(first);
            atService += first.equals("dam") ? 1 : 0;
        }
        assertThat(atService).as("of 400, seed 20260101").isBetween(70, 130);
    }

    @Test
    void a_browser_gets_a_cookie_once_and_is_recognised_by_it() throws Exception {
        readAt(ASSETS, 50);
        var first = get("/api/assets");
        var cookie = cookie(first, "strangler-client");
        assertThat(cookie).matches("strangler-client=[0-9a-f-]{36}; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax");
        for (var number = 0; number < 5; number++) {
            var again = send(request("/api/assets").header("Cookie", "a=b; " + cookie.split(";")[0]));
            assertThat(servedBy(again)).isEqualTo(servedBy(first));
            assertThat(cookie(again, "strangler-client")).isNull();
        }
        assertThat(cookie(send(request("/api/assets").header("X-Client-Id", "me")), "strangler-client"))
                .isNull();
        assertThat(send(request("/api/assets").header("X-Client-Id", "not me!")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void forged_headers_do_not_arrive_and_the_true_ones_do() throws Exception {
        var answer = send(request("/api/assets")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Host", "evil")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "for=6.6.6.6")
                .header("X-Real-IP", "6.6.6.6")
                .header("X-Strangler-Written", "Asset:1:1")
                .header("X-Served-By", "evil")
                .header("X-Kept", "yes"));
        assertThat(answer.statusCode()).isEqualTo(200);
        var arrived = monolith.lastAsked().headers();
        assertThat(arrived.get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(arrived.get("X-Forwarded-Host")).containsExactly("127.0.0.1");
        assertThat(arrived.get("X-Forwarded-Proto")).containsExactly("http");
        assertThat(arrived.get("Host"))
                .containsExactly("127.0.0.1:" + port.address().getPort());
        assertThat(arrived)
                .doesNotContainKeys("Forwarded", "X-real-ip", "X-strangler-written", "X-served-by", "Connection");
        assertThat(arrived.get("X-Kept")).containsExactly("yes");
        assertThat(arrived.getFirst("Traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(answer.headers().firstValue("X-Strangler-Written")).isEmpty();
    }

    @Test
    void a_path_that_is_nobodys_is_not_found() throws Exception {
        for (var path : List.of("/", "/api", "/internal/blobs/1", "/actuator/health", "/strangler/x", "/api/assetsx")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(servedBy(answer)).isEqualTo("facade");
        }
        assertThat(monolith.asked()).isEmpty();
    }

    @Test
    void a_side_that_is_down_is_said_and_the_others_go_on() throws Exception {
        readAt(PRODUCTS, 100);
        var answer = get("/api/products");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(servedBy(answer)).isEqualTo("facade");
        assertThat(answer.body()).contains("\"side\":\"pim\"", "urn:strangler:problem:side-down");
        assertThat(servedBy(get("/api/assets"))).isEqualTo("monolith");
        dam.close();
        readAt(ASSETS, 100);
        assertThat(get("/api/assets").statusCode()).isEqualTo(502);
        try (var back = new StandInSide("dam back", dam.port())) {
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(get("/api/assets").body()).isEqualTo("dam back"));
            assertThat(back.asked()).isNotEmpty();
        }
    }

    @Test
    void a_side_that_does_not_answer_in_time_is_said_and_can_answer_later() throws Exception {
        readAt(ASSETS, 100);
        var gate = new CountDownLatch(1);
        dam.answer(exchange -> {
            gate.await();
            dam.sayName(exchange);
        });
        var began = System.nanoTime();
        var answer = get("/api/assets");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("side-slow", "700 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        gate.countDown();
        dam.answer(dam::sayName);
        assertThat(get("/api/assets").body()).isEqualTo("dam");
    }

    @Test
    void a_write_that_was_not_answered_is_not_sent_twice() throws Exception {
        monolith.answer(exchange -> exchange.close());
        assertThat(post("/api/assets", "x").statusCode()).isEqualTo(502);
        assertThat(monolith.asked()).hasSize(1);
    }

    @Test
    void a_read_whose_connection_was_closed_under_it_is_sent_once_more() throws Exception {
        var isFirst = new java.util.concurrent.atomic.AtomicBoolean(true);
        monolith.answer(exchange -> {
            if (isFirst.getAndSet(false)) {
                exchange.close();
            } else {
                monolith.sayName(exchange);
            }
        });
        assertThat(get("/api/assets/1").body()).isEqualTo("monolith");
        assertThat(monolith.asked()).hasSize(2);
        monolith.asked().clear();
        monolith.answer(exchange -> exchange.close());
        assertThat(get("/api/assets/1").statusCode()).isEqualTo(502);
        assertThat(monolith.asked()).hasSize(2);
    }

    @Test
    void a_side_that_is_full_turns_away_and_does_not_fill_the_others() throws Exception {
        readAt(ASSETS, 100);
        var gate = new CountDownLatch(1);
        dam.answer(exchange -> {
            gate.await();
            dam.sayName(exchange);
        });
        var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (var number = 0; number < LIMITS.concurrent(); number++) {
            waiting.add(client.sendAsync(request("/api/assets").build(), BodyHandlers.ofString()));
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> port.underWay().get("dam") == LIMITS.concurrent()
                        && dam.asked().size() >= LIMITS.concurrent());
        var refused = get("/api/assets");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(servedBy(get("/api/products"))).isEqualTo("monolith");
        gate.countDown();
        for (var one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isIn(200, 504);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> port.underWay().get("dam") == 0);
        dam.answer(dam::sayName);
        assertThat(get("/api/assets").body()).isEqualTo("dam");
    }

    @Test
    void a_client_that_has_written_reads_at_the_owner_until_the_other_side_has_it() throws Exception {
        readAt(ASSETS, 100);
        monolith.answerWriting("Asset:a1:3");
        applied.put("Asset:a1:3", false);
        var written = post("/api/assets", "x");
        assertThat(written.headers().firstValue("X-Strangler-Written")).isEmpty();
        var jar = "%s; %s"
                .formatted(
                        cookie(written, "strangler-client").split(";")[0],
                        cookie(written, "strangler-wrote").split(";")[0]);
        assertThat(jar).contains("strangler-wrote=Asset:a1:3:dam+pim");
        monolith.answer(monolith::sayName);
        assertThat(servedBy(send(request("/api/assets/a1").header("Cookie", jar))))
                .isEqualTo("monolith");
        assertThat(servedBy(get("/api/assets/a1"))).as("somebody else").isEqualTo("dam");

        applied.put("Asset:a1:3", true);
        var caughtUp = send(request("/api/assets/a1").header("Cookie", jar));
        assertThat(servedBy(caughtUp)).isEqualTo("dam");
        assertThat(cookie(caughtUp, "strangler-wrote")).startsWith("strangler-wrote=Asset:a1:3:pim;");
    }

    @Test
    void a_client_without_cookies_sees_its_writes_too() throws Exception {
        readAt(ASSETS, 100);
        monolith.answerWriting("Asset:a2:1, Asset:a3:1");
        applied.put("Asset:a2:1", true);
        applied.put("Asset:a3:1", false);
        assertThat(cookie(
                        send(request("/api/assets")
                                .header("X-Client-Id", "importer")
                                .POST(BodyPublishers.ofString("x"))),
                        "strangler-wrote"))
                .isNull();
        var read = request("/api/assets/a2").header("X-Client-Id", "importer");
        assertThat(servedBy(send(read))).isEqualTo("monolith");
        assertThat(servedBy(send(request("/api/assets/a2").header("X-Client-Id", "other"))))
                .isEqualTo("dam");
        applied.put("Asset:a3:1", true);
        assertThat(servedBy(send(read))).isEqualTo("dam");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/assets/../products HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets/%2e%2e/products HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //api/assets HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets%2f..%2fproducts HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets;a=b/x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets/..;/products HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets\\x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets/%252e%252e/x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets/a\u0000b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://elsewhere/api/assets HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/assets HTTP/1.1\r\n\r\n",
                "GET /api/assets HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /api/assets HTTP/1.1\r\nHost: x/y\r\n\r\n",
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na",
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /api/assets HTTP/1.1\r\nHost: x\r\nX-Bad: a\u0000b\r\n\r\n",
                "GET /api/assets HTTP/1.1\r\nHost: x\r\nConnection: Host\r\n\r\n"
            })
    void a_request_that_can_be_read_in_two_ways_reaches_nobody(String raw) throws Exception {
        var answer = RawHttp.send(port.address().getPort(), raw);
        assertThat(answer).as(raw).startsWith("HTTP/1.1 400");
        assertThat(monolith.asked()).isEmpty();
        assertThat(dam.asked()).isEmpty();
    }

    @Test
    void the_next_request_on_a_refused_connection_is_not_read() throws Exception {
        var answer = RawHttp.send(
                port.address().getPort(),
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\nGET /api/products/smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer.split("HTTP/1.1 ", -1)).as(answer).hasSize(2);
        assertThat(monolith.asked()).isEmpty();
    }

    @Test
    void methods_and_sizes_beyond_the_limits_are_refused() throws Exception {
        assertThat(RawHttp.send(port.address().getPort(), "TRACE /api/assets HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: DELETE, GET");
        assertThat(RawHttp.send(
                        port.address().getPort(),
                        "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 1000001\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        var manyHeaders = new StringBuilder("GET /api/assets HTTP/1.1\r\nHost: x\r\n");
        for (var number = 0; number < 200; number++) {
            manyHeaders.append("X-H").append(number).append(": 1\r\n");
        }
        assertThat(RawHttp.send(port.address().getPort(), manyHeaders + "\r\n")).doesNotContain("200 OK");
        assertThat(RawHttp.send(
                        port.address().getPort(),
                        "GET /api/assets HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(40_000) + "\r\n\r\n"))
                .doesNotContain("200 OK");
        assertThat(monolith.asked()).isEmpty();
    }

    @Test
    void a_body_that_does_not_say_how_long_it_is_ends_at_the_limit() throws Exception {
        var chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
        var head = "POST /api/assets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(RawHttp.send(port.address().getPort(), head + chunk.repeat(15) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(RawHttp.send(port.address().getPort(), head + chunk.repeat(15) + "4e20\r\n" + "a".repeat(20_000)))
                .startsWith("HTTP/1.1 413")
                .contains("too-large");
    }

    @Test
    void a_client_that_waits_for_a_go_ahead_gets_it() throws Exception {
        try (var raw = new RawHttp(port.address().getPort())) {
            raw.write("POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.readLine()).startsWith("HTTP/1.1 100");
            assertThat(raw.readLine()).isEmpty();
            raw.write("hello");
            assertThat(raw.readLine()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_client_that_waits_for_a_go_ahead_hears_a_refusal_instead() throws Exception {
        monolith.answer(exchange -> {
            exchange.sendResponseHeaders(413, -1);
            exchange.close();
        });
        var answer = RawHttp.send(
                port.address().getPort(),
                "POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        assertThat(answer).contains("HTTP/1.1 413");
    }

    @Test
    void a_client_that_goes_away_leaves_nothing_under_way() throws Exception {
        try (var raw = new RawHttp(port.address().getPort())) {
            raw.write("POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nhalf");
            await().atMost(Duration.ofSeconds(5)).until(() -> port.underWay().get("monolith") == 1);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> port.underWay().get("monolith") == 0);

        monolith.answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var block = new byte[65_536];
            for (var number = 0; number < 2_000; number++) {
                exchange.getResponseBody().write(block);
            }
        });
        try (var raw = new RawHttp(port.address().getPort())) {
            raw.write("GET /api/assets/large HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.readLine()).startsWith("HTTP/1.1 200");
            assertThat(port.underWay()).containsEntry("monolith", 1);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> port.underWay().get("monolith") == 0);
    }

    @Test
    void an_answer_that_breaks_off_is_not_passed_on_as_whole() throws Exception {
        for (var length : new long[] {0, 1_000}) {
            monolith.answer(exchange -> {
                exchange.sendResponseHeaders(200, length);
                exchange.getResponseBody().write(new byte[500]);
                exchange.getResponseBody().flush();
                throw new java.io.IOException("the side dies");
            });
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> get("/api/assets/1")))
                    .as(length == 0 ? "chunked" : "of known length")
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void a_side_that_does_not_even_accept_is_down_within_its_limit() throws Exception {
        var full = dam.port();
        dam.close();
        var held = new ArrayList<java.net.Socket>();
        try (var deaf = new ServerSocket(full, 1, java.net.InetAddress.getLoopbackAddress())) {
            var isFull = false;
            while (!isFull && held.size() < 50) {
                var socket = new java.net.Socket();
                held.add(socket);
                try {
                    socket.connect(deaf.getLocalSocketAddress(), 300);
                } catch (java.net.SocketTimeoutException refused) {
                    isFull = true;
                }
            }
            assertThat(isFull).as("the queue of the listening socket is full").isTrue();
            readAt(ASSETS, 100);
            var began = System.nanoTime();
            var answer = get("/api/assets");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(servedBy(get("/api/products"))).isEqualTo("monolith");
            await().atMost(Duration.ofSeconds(5)).until(() -> port.underWay().get("dam") == 0);
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void connections_to_a_side_are_kept() throws Exception {
        var ports = ConcurrentHashMap.<Integer>newKeySet();
        monolith.answer(exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            monolith.sayName(exchange);
        });
        for (var number = 0; number < 50; number++) {
            assertThat(get("/api/assets").statusCode()).isEqualTo(200);
        }
        assertThat(ports).hasSizeLessThanOrEqualTo(2);
    }

    private void appliedSoFar(
            String side, List<dev.strangler.facade.written.Written> written, Consumer<AppliedWrites.Answer> answer) {
        var has = written.stream()
                .filter(one -> applied.getOrDefault(one.toString(), false))
                .toList();
        CompletableFuture.runAsync(() -> answer.accept(new AppliedWrites.Answer(has, has.size() == written.size())));
    }

    private void readAt(FeatureName feature, int share) {
        routes.put(feature, Route.atMonolith(feature).readingAtService(new Percentage(share)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.address().getPort() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String servedBy(HttpResponse<?> answer) {
        return String.join(",", answer.headers().allValues("X-Served-By"));
    }

    private static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElse(null);
    }
}
