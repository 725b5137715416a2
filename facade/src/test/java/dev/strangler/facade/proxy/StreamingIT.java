package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.facade.StandInSide;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A façade with 24 MB of heap and 8 MB of buffers moves bodies that are much larger than both together. */
@Timeout(180)
class StreamingIT {

    private static final long MEGABYTE = 1024 * 1024;

    private final StandInSide side = new StandInSide("side");
    private final HttpClient client = HttpClient.newHttpClient();
    private Process facade;
    private int port;

    @BeforeEach
    void start() throws Exception {
        facade = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:MaxDirectMemorySize=8m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoorInChildJvm.class.getName(),
                        side.url())
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(facade.getInputStream(), StandardCharsets.UTF_8));
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port ")) {
                port = Integer.parseInt(line.substring("port ".length()));
                break;
            }
        }
        // Whatever it logs from now on must not fill the pipe.
        CompletableFuture.runAsync(() -> output.lines().forEach(line -> System.out.println("facade: " + line)));
        assertThat(port).isPositive();
    }

    @AfterEach
    void stop() throws Exception {
        facade.getOutputStream().close();
        if (!facade.waitFor(5, TimeUnit.SECONDS)) {
            facade.destroyForcibly();
        }
        side.close();
    }

    @Test
    void uploads_pass_through() throws Exception {
        var checksums = new ArrayList<Long>();
        side.answer(exchange -> {
            var checksum = checksum(exchange.getRequestBody());
            synchronized (checksums) {
                checksums.add(checksum);
            }
            side.sayName(exchange);
        });
        var size = 100 * MEGABYTE;
        var sent = new CRC32();
        fill(size, sent, OutputStream.nullOutputStream());
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (var number = 0; number < 3; number++) {
            answers.add(client.sendAsync(
                            request("/api/assets")
                                    .POST(BodyPublishers.fromPublisher(
                                            BodyPublishers.ofInputStream(() -> new Filled(size)), size))
                                    .build(),
                            BodyHandlers.discarding())
                    .thenApply(answer -> answer.statusCode()));
        }
        for (var answer : answers) {
            assertThat(answer.get(120, TimeUnit.SECONDS)).isEqualTo(200);
        }
        assertThat(checksums).hasSize(3).containsOnly(sent.getValue());
        assertThat(facade.isAlive()).isTrue();
    }

    @Test
    void downloads_pass_through_even_to_a_client_that_reads_slowly() throws Exception {
        var size = 100 * MEGABYTE;
        var given = new AtomicLong();
        side.answer(exchange -> {
            exchange.sendResponseHeaders(200, exchange.getRequestURI().getPath().endsWith("chunked") ? 0 : size);
            fill(size, new CRC32(), new OutputStream() {
                @Override
                public void write(int one) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws java.io.IOException {
                    exchange.getResponseBody().write(bytes, from, length);
                    given.addAndGet(length);
                }
            });
        });
        var expected = new CRC32();
        fill(size, expected, OutputStream.nullOutputStream());
        for (var path : List.of("/api/assets/plain", "/api/assets/chunked")) {
            given.set(0);
            var answer = client.send(request(path).build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            // Nobody has read yet: what the side could give away lies in buffers, and they are bounded.
            var before = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(30))
                    .during(Duration.ofMillis(300))
                    .until(() -> {
                        var now = given.get();
                        return before.getAndSet(now) == now;
                    });
            assertThat(given.get()).as(path).isLessThan(size / 2);
            assertThat(checksum(answer.body())).isEqualTo(expected.getValue());
        }
        assertThat(facade.isAlive()).isTrue();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(120));
    }

    private static long checksum(InputStream body) throws java.io.IOException {
        var checksum = new CRC32();
        var buffer = new byte[64 * 1024];
        for (var read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            checksum.update(buffer, 0, read);
        }
        return checksum.getValue();
    }

    private static void fill(long size, CRC32 checksum, OutputStream sink) throws java.io.IOException {
        try (var source = new Filled(size)) {
            var buffer = new byte[64 * 1024];
            for (var read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                checksum.update(buffer, 0, read);
                sink.write(buffer, 0, read);
            }
        }
    }

    /** So many bytes that follow no short pattern, without holding them. */
    private static final class Filled extends InputStream {

        private final long size;
        private long at;

        Filled(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            return at < size ? next() & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (at >= size) {
                return -1;
            }
            var count = (int) Math.min(length, size - at);
            for (var index = 0; index < count; index++) {
                into[from + index] = next();
            }
            return count;
        }

        private byte next() {
            var value = at * 2_654_435_761L;
            at++;
            return (byte) (value >>> 13);
        }
    }
}
