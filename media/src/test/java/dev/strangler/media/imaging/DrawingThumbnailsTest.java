package dev.strangler.media.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.strangler.media.Pictures;
import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files only: no database, no Spring. */
@Timeout(60)
class DrawingThumbnailsTest {

    private final ExaminingImages examining = new ExaminingImages();
    private final DrawingThumbnails drawing = drawing(200, 30_000, 60_000);

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        drawing.destroy();
    }

    @Test
    void each_type_becomes_a_thumbnail_in_its_box() throws IOException {
        for (byte[] file : new byte[][] {
            Pictures.jpeg(800, 600),
            Pictures.png(800, 600),
            Pictures.gif(800, 600),
            Pictures.gif(800, 600, 3),
            Pictures.webp(800, 600),
            Pictures.lossyWebp(800, 600)
        }) {
            var thumbnail = drawn(file);
            assertThat(thumbnail.contentType()).isEqualTo("image/jpeg");
            assertThat(new int[] {thumbnail.width(), thumbnail.height()}).containsExactly(256, 192);
            var picture = read(thumbnail);
            assertThat(new int[] {picture.getWidth(), picture.getHeight()}).containsExactly(256, 192);
        }
    }

    @Test
    void a_small_picture_keeps_its_size() throws IOException {
        var thumbnail = drawn(Pictures.png(40, 30));

        assertThat(new int[] {thumbnail.width(), thumbnail.height()}).containsExactly(40, 30);
    }

    @Test
    void a_large_picture_keeps_its_colours_where_they_were() throws IOException {
        var picture = read(drawn(Pictures.jpeg(5000, 3999)));

        assertThat(redder(picture, 60, 100)).isTrue();
        assertThat(redder(picture, 200, 100)).isFalse();
    }

    @Test
    void transparency_is_kept_as_png() throws IOException {
        var thumbnail = drawn(Pictures.transparentPng(600, 600));

        assertThat(thumbnail.contentType()).isEqualTo("image/png");
        assertThat(read(thumbnail).getRGB(128, 250) >>> 24).isZero();
        assertThat(read(thumbnail).getRGB(30, 30) >>> 24).isEqualTo(255);
    }

    @Test
    void the_orientation_of_the_camera_is_obeyed() throws IOException {
        var turned = Pictures.turnedJpeg(800, 600, 6);
        var anatomy = examining.examine(file(turned));
        assertThat(anatomy.displayedWidth()).isEqualTo(600);
        assertThat(anatomy.displayedHeight()).isEqualTo(800);

        var picture = read(drawing.draw(file(turned), anatomy));

        // Stored red is on the left; turned to the right by a quarter, left is up.
        assertThat(new int[] {picture.getWidth(), picture.getHeight()}).containsExactly(192, 256);
        assertThat(redder(picture, 96, 40)).isTrue();
        assertThat(redder(picture, 96, 220)).isFalse();
    }

    @Test
    void every_orientation_puts_red_where_it_belongs() throws IOException {
        // Where the stored left edge is shown: by EXIF's own table.
        String[] edges = {"left", "right", "right", "left", "top", "top", "bottom", "bottom"};
        for (int orientation = 1; orientation <= 8; orientation++) {
            var picture = read(drawn(Pictures.turnedJpeg(400, 400, orientation)));
            int near = 40;
            int far = 216;
            var red = switch (edges[orientation - 1]) {
                case "left" -> new int[] {near, 128, far, 128};
                case "right" -> new int[] {far, 128, near, 128};
                case "top" -> new int[] {128, near, 128, far};
                default -> new int[] {128, far, 128, near};
            };
            assertThat(redder(picture, red[0], red[1]))
                    .as("orientation %d", orientation)
                    .isTrue();
            assertThat(redder(picture, red[2], red[3]))
                    .as("orientation %d", orientation)
                    .isFalse();
        }
    }

    @Test
    void nothing_of_the_metadata_is_carried_over() throws IOException {
        var thumbnail = drawn(Pictures.turnedJpeg(800, 600, 1));

        assertThat(new String(thumbnail.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void an_upload_waits_no_longer_than_its_patience_for_a_decoder() throws Exception {
        var release = new CountDownLatch(1);
        var busy = new Thread(() -> drawing.within(1, () -> {}, () -> {
            release.await(30, TimeUnit.SECONDS);
            return null;
        }));
        busy.start();
        Awaitility.await().until(() -> !drawing.isIdle());

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> drawn(Pictures.png(40, 30)))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE));

        release.countDown();
        busy.join(10_000);
        assertThat(drawn(Pictures.png(40, 30)).width()).isEqualTo(40);
    }

    @Test
    void a_picture_that_keeps_the_processor_too_long_is_given_up_and_its_room_free_only_when_it_stops() {
        var impatient = drawing(100, 200, 60_000);
        var stop = new AtomicBoolean();
        var givenUp = new AtomicBoolean();
        try {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> impatient.within(1, () -> givenUp.set(true), () -> {
                        while (!stop.get()) {
                            Thread.onSpinWait();
                        }
                        return null;
                    }))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNPROCESSABLE));
            assertThat(givenUp).isTrue();
            assertThat(impatient.isIdle()).isFalse();

            stop.set(true);

            Awaitility.await().until(impatient::isIdle);
        } finally {
            stop.set(true);
            impatient.destroy();
        }
    }

    @Test
    void a_picture_on_a_busy_machine_is_no_bad_picture() throws Exception {
        var impatient = drawing(100, 30_000, 300);
        var stopped = new CountDownLatch(1);
        try {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> impatient.within(1, () -> {}, () -> {
                        stopped.await(30, TimeUnit.SECONDS);
                        return null;
                    }))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE));
        } finally {
            stopped.countDown();
            impatient.destroy();
        }
    }

    @Test
    void large_pictures_wait_for_memory_and_not_only_for_a_decoder() throws Exception {
        var room = new DecodingRoom(2, 100);
        int large = DecodingRoom.need(Anatomy.still(ImageType.WEBP, 5000, 4000, Exif.NONE));
        assertThat(large).isBetween(100, 200);
        assertThat(room.enter(large, Duration.ofMillis(1))).isTrue();

        assertThat(room.enter(24, Duration.ofMillis(1))).isFalse();

        room.leave(large);
        assertThat(room.enter(24, Duration.ofMillis(1))).isTrue();
        assertThat(room.enter(24, Duration.ofMillis(1))).isTrue();
        assertThat(room.enter(24, Duration.ofMillis(1))).isFalse();
        room.leave(24);
        room.leave(24);
        assertThat(room.isEmpty()).isTrue();
    }

    @Test
    void a_picture_that_breaks_its_decoder_is_refused_and_frees_it() throws IOException {
        for (var failure : new Throwable[] {new ArrayIndexOutOfBoundsException(7), new StackOverflowError()}) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> drawing.within(1, () -> {}, () -> {
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) failure;
                    }))
                    .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNPROCESSABLE));
        }
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> drawing.within(1, () -> {}, () -> {
                    throw new OutOfMemoryError("as if");
                }))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(drawn(Pictures.png(40, 30)).width()).isEqualTo(40);
    }

    private static DrawingThumbnails drawing(int patience, int deadline, int longest) {
        var properties = new DecodingProperties(
                1, Duration.ofMillis(patience), Duration.ofMillis(deadline), Duration.ofMillis(longest));
        return new DrawingThumbnails(properties, new DecodingRoom(1, 200));
    }

    private DrawnThumbnail drawn(byte[] bytes) throws IOException {
        var file = file(bytes);
        return drawing.draw(file, examining.examine(file));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("picture"), bytes);
    }

    private static BufferedImage read(DrawnThumbnail thumbnail) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
    }

    private static boolean redder(BufferedImage picture, int x, int y) {
        var colour = new Color(picture.getRGB(x, y));
        return colour.getRed() > colour.getBlue();
    }
}
