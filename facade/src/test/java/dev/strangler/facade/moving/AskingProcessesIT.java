package dev.strangler.facade.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that stands still keeps nobody waiting who asks it. */
class AskingProcessesIT {

    @Test
    @Timeout(20)
    void whether_code_is_gone_is_not_known_of_a_process_that_stands_still_in_an_answer() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var peer = CompletableFuture.runAsync(() -> standStill(server));
            var url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            assertThat(new AskingForCode(url, Duration.ofMillis(300)).answered(List.of("/api/things")))
                    .singleElement()
                    .asString()
                    .startsWith("GET /api/things has no answer");
            peer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @Timeout(20)
    void which_scripts_wait_is_not_known_of_a_process_that_stands_still_in_an_answer() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var peer = CompletableFuture.runAsync(() -> standStill(server));
            var url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            assertThatThrownBy(() -> new AskingForScripts().waiting(url))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not say whether scripts of its own wait");
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
