package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.facade.StandInSide;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PublicPortFaultsIT extends OpenPublicPort {

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
    void bodies_that_stop_to_come_are_told_and_keep_no_place_at_a_side() throws Exception {
        var slow = new ArrayList<RawHttp>();
        try {
            for (var body :
                    List.of("Content-Length: 500\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")) {
                for (var number = 0; number < LIMITS.concurrent() / 2; number++) {
                    var raw = new RawHttp(port.address().getPort());
                    slow.add(raw);
                    raw.write("POST /api/assets HTTP/1.1\r\nHost: x\r\n" + body);
                }
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> port.underWay().get("monolith") == LIMITS.concurrent());
            assertThat(get("/api/assets").statusCode()).isEqualTo(503);
            for (var raw : slow) {
                assertThat(raw.readLine()).isEqualTo("HTTP/1.1 408 Request Time-out");
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> port.underWay().get("monolith") == 0);
            assertThat(get("/api/assets").body()).isEqualTo("monolith");
        } finally {
            for (var raw : slow) {
                raw.close();
            }
        }
    }

    @Test
    void a_body_that_comes_slowly_but_comes_is_passed_on() throws Exception {
        monolith.answer(exchange -> {
            exchange.getRequestBody().readAllBytes();
            monolith.sayName(exchange);
        });
        try (var raw = new RawHttp(port.address().getPort())) {
            raw.write("POST /api/assets HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n");
            var pause = LIMITS.pause().dividedBy(2);
            for (var piece : List.of("h", "a", "l", "f")) {
                var until = System.nanoTime() + pause.toNanos();
                await().pollDelay(pause).atMost(pause.multipliedBy(4)).until(() -> System.nanoTime() >= until);
                raw.write(piece);
            }
            assertThat(raw.readLine()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void an_answer_that_breaks_off_is_not_passed_on_as_whole() throws Exception {
        for (var length : new long[] {0, 1_000}) {
            monolith.answer(exchange -> {
                exchange.sendResponseHeaders(200, length);
                exchange.getResponseBody().write(new byte[500]);
                exchange.getResponseBody().flush();
                throw new IOException("the side dies");
            });
            // Broken off after the client has seen its beginning; or, where all of it came at once, answered as a side
            // that is down.
            try {
                assertThat(get("/api/assets/1").statusCode())
                        .as(length == 0 ? "chunked" : "of known length")
                        .isEqualTo(502);
            } catch (IOException brokenOff) {
                assertThat(brokenOff).isNotInstanceOf(HttpTimeoutException.class);
            }
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
}
