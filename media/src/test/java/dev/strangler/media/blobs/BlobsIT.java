package dev.strangler.media.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system. */
@Timeout(60)
class BlobsIT {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private Blobs blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = new Blobs(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void what_arrives_is_kept_under_its_digest() throws IOException {
        try (var incoming = blobs.receive(new ByteArrayInputStream(BYTES), 10)) {
            assertThat(incoming.sha256()).isEqualTo(Sha256.of(BYTES));
            assertThat(incoming.size()).isEqualTo(10);
            assertThat(blobs.find(incoming.sha256())).isEmpty();
            blobs.keep(incoming);
        }

        assertThat(blobs.find(Sha256.of(BYTES)))
                .isPresent()
                .hasValueSatisfying(file -> assertThat(file).hasBinaryContent(BYTES));
        assertThat(arriving()).isZero();
    }

    @Test
    void what_is_not_kept_leaves_nothing() throws IOException {
        blobs.receive(new ByteArrayInputStream(BYTES), 10).close();

        assertThat(arriving()).isZero();
        assertThat(blobs.find(Sha256.of(BYTES))).isEmpty();
    }

    @Test
    void more_than_the_limit_is_not_taken() throws IOException {
        assertThatExceptionOfType(TooManyBytes.class)
                .isThrownBy(() -> blobs.receive(new ByteArrayInputStream(BYTES), 9));

        assertThat(arriving()).isZero();
    }

    @Test
    void a_stream_that_breaks_leaves_nothing() throws IOException {
        InputStream broken = new InputStream() {
            private int left = 100;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("cut");
                }
                return 'x';
            }
        };

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> blobs.receive(broken, 1000));
        assertThat(arriving()).isZero();
    }

    @Test
    void keeping_again_only_renews_the_age() throws IOException {
        var digest = blobs.keep(BYTES);
        var later = new Blobs(directory, Clock.fixed(NOW.plus(Duration.ofHours(3)), ZoneOffset.UTC));
        assertThat(later.isOlder(digest, NOW.plusSeconds(1))).isTrue();

        later.keep(BYTES);

        assertThat(later.isOlder(digest, NOW.plusSeconds(1))).isFalse();
        assertThat(later.find(digest)).isPresent();
    }

    @Test
    void all_blobs_are_told_and_nothing_else() throws IOException {
        var digests = IntStream.range(0, 20)
                .mapToObj(i -> {
                    try {
                        return blobs.keep(new byte[] {(byte) i});
                    } catch (IOException failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .toList();
        Files.writeString(directory.resolve("README"), "not a blob");
        var incoming = blobs.receive(new ByteArrayInputStream(BYTES), 100);

        try (var all = blobs.all()) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(digests);
        }
        incoming.close();
    }

    @Test
    void what_arrived_long_ago_and_was_never_kept_is_discarded() throws IOException {
        blobs.receive(new ByteArrayInputStream(BYTES), 100);

        assertThat(blobs.discardArrivedBefore(Instant.EPOCH)).isZero();
        assertThat(blobs.discardArrivedBefore(Instant.parse("2100-01-01T00:00:00Z")))
                .isEqualTo(1);
        assertThat(arriving()).isZero();
    }

    @Test
    void nothing_but_a_digest_is_a_name() {
        for (var text : new String[] {"", "../../etc/passwd", "A".repeat(64), "a".repeat(63), "a".repeat(65)}) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Sha256(text));
        }
    }

    private long arriving() throws IOException {
        try (var files = Files.list(directory.resolve("arriving"))) {
            return files.count();
        }
    }
}
