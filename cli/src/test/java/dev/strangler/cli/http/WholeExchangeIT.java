package dev.strangler.cli.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit that covers the body. */
class WholeExchangeIT {

    @Test
    @Timeout(20)
    void who_stands_still_in_the_middle_of_an_answer_is_given_up_at_the_limit() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var peer = CompletableFuture.runAsync(() -> standStill(server));
            var url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            assertThatThrownBy(() -> WholeExchange.within(
                            Duration.ofMillis(300),
                            HttpClient.newHttpClient(),
                            HttpRequest.newBuilder(url).build(),
                            BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("no whole answer within 300 ms");
            peer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void who_is_not_there_is_told_from_who_is_late() throws IOException {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
        assertThatThrownBy(() -> WholeExchange.within(
                        Duration.ofSeconds(10), HttpClient.newHttpClient(), request, BodyHandlers.ofString()))
                .isInstanceOf(ConnectException.class);
    }

    /** Answers with headers and the beginning of a body, and says no more until the other end has hung up. */
    private static void standStill(ServerSocket server) {
        try (var connection = server.accept()) {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException hungUp) {
            // As well as an end of its requests.
        }
    }
}
