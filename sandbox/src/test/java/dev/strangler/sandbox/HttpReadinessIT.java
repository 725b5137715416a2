package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that starts and stands still is not ready. */
class HttpReadinessIT {

    @Test
    @Timeout(20)
    void a_program_that_stands_still_in_the_middle_of_an_answer_is_not_ready() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var peer = CompletableFuture.runAsync(() -> standStill(server));
            var url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            assertThat(new HttpReadiness(url).answers()).isFalse();
            peer.get(10, TimeUnit.SECONDS);
        }
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
