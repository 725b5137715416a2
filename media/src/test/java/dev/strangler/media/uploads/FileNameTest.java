package dev.strangler.media.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.strangler.side.refusals.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.png",
                "Lampe größer (2).png",
                "日本語.webp",
                "\uD83D\uDC68\u200D\uD83D\uDC69.gif",
                "..dots...png",
                "50% off.jpg",
                "a'b&c;d.png",
                ".png"
            })
    void honest_names_are_taken_as_they_are(String name) {
        assertThat(FileName.of(name).value()).isEqualTo(name);
    }

    @Test
    void a_name_is_composed() {
        assertThat(FileName.of("u\u0308.png").value()).isEqualTo("\u00FC.png");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "..",
                "../a.png",
                "C:\\a.png",
                "a\0.png",
                "a\r\n.png",
                "a\t.png",
                "a\u007F.png",
                "a\u0085.png",
                "a\u202E.png",
                "a\u2067.png",
                "a\u200F.png",
                "a\uFEFF.png",
                "a\u2029.png",
                "a\uD800.png",
                "a%00.png",
                "a%0d%0a.png",
                "..%2F.png",
                "a%5cb.png",
                "a%2500.png",
                "a\"b.png",
                " a.png",
                "a.png "
            })
    void names_that_are_not_what_they_look_like_are_refused(String name) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> FileName.of(name))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
    }

    @Test
    void the_limit_counts_characters_and_bytes() {
        assertThat(FileName.of("n".repeat(196) + ".png").value()).hasSize(200);
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FileName.of("n".repeat(197) + ".png"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FileName.of("日".repeat(85) + ".png"));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FileName.of("n".repeat(5_000_000)));
    }
}
