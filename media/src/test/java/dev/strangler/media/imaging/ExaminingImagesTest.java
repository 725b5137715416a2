package dev.strangler.media.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.strangler.media.Pictures;
import dev.strangler.side.refusals.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files only: no database, no Spring. */
@Timeout(60)
class ExaminingImagesTest {

    private final ExaminingImages examining = new ExaminingImages();

    @TempDir
    private Path directory;

    @Test
    void the_content_decides_the_type() throws IOException {
        assertThat(examined(Pictures.jpeg(30, 20))).isEqualTo(Anatomy.still(ImageType.JPEG, 30, 20, Exif.NONE));
        assertThat(examined(Pictures.png(30, 20))).isEqualTo(Anatomy.still(ImageType.PNG, 30, 20, Exif.NONE));
        assertThat(examined(Pictures.gif(30, 20))).isEqualTo(Anatomy.still(ImageType.GIF, 30, 20, Exif.NONE));
        assertThat(examined(Pictures.webp(30, 20))).isEqualTo(Anatomy.still(ImageType.WEBP, 30, 20, Exif.NONE));
        assertThat(examined(Pictures.lossyWebp(30, 20))).isEqualTo(Anatomy.still(ImageType.WEBP, 30, 20, Exif.NONE));
    }

    @Test
    void the_largest_allowed_picture_passes() throws IOException {
        assertThat(examined(Pictures.png(5000, 4000)).width()).isEqualTo(5000);
        assertThat(examined(Pictures.png(2000, 20)).width()).isEqualTo(2000);
        assertThat(examined(Pictures.gif(2, 2, 500)).width()).isEqualTo(2);
    }

    @Test
    void one_pixel_more_is_refused() {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> examined(Pictures.png(5000, 4001)));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> examined(Pictures.png(2001, 20)));
    }

    @Test
    void a_phone_may_append_its_gain_map_and_a_camera_its_padding() throws IOException {
        var photo = Pictures.jpeg(300, 200);
        assertThat(examined(Pictures.joined(photo, Pictures.jpeg(30, 20))).width())
                .isEqualTo(300);
        assertThat(examined(Pictures.joined(photo, new byte[100])).width()).isEqualTo(300);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> examined(Pictures.joined(photo, new byte[] {0, 0, 'P', 'K', 3, 4})));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> examined(Pictures.joined(photo, Pictures.png(30, 20))));
    }

    @Test
    void no_cut_is_mistaken_for_a_whole_picture() {
        for (byte[] whole : List.of(Pictures.jpeg(9, 9), Pictures.png(9, 9), Pictures.gif(9, 9), Pictures.webp(9, 9))) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                assertThatExceptionOfType(Refusal.class)
                        .as("%d of %d bytes", length, whole.length)
                        .isThrownBy(() -> examined(cut));
            }
        }
    }

    @Test
    void whatever_is_changed_ends_in_an_answer_or_a_refusal() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var originals = List.of(
                Pictures.turnedJpeg(40, 30, 6),
                Pictures.png(40, 30),
                Pictures.gif(40, 30, 2),
                Pictures.webp(40, 30),
                Pictures.lossyWebp(40, 30));
        for (int i = 0; i < 3000; i++) {
            byte[] changed = originals.get(i % originals.size()).clone();
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                examined(changed);
            } catch (Refusal expected) {
                assertThat(expected.getMessage()).isNotBlank();
            } catch (RuntimeException | IOException unexpected) {
                throw new AssertionError("seed " + seed + ", round " + i, unexpected);
            }
        }
    }

    private Anatomy examined(byte[] bytes) throws IOException {
        return examining.examine(Files.write(directory.resolve("picture"), bytes));
    }
}
