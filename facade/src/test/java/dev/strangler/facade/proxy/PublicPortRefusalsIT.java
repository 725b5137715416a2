package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPortRefusalsIT extends OpenPublicPort {

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
}
