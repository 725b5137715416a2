package dev.strangler.side.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

    private final Command command = new Command("things", "POST /api/assets", "k", "", IfMatch.ANY);

    @Test
    void the_same_content_has_the_same_fingerprint() {
        assertThat(command.withContent("sha", "a.png", List.of("x")).fingerprint())
                .isEqualTo(command.withContent("sha", "a.png", List.of("x")).fingerprint());
    }

    @Test
    void a_key_is_visible_ascii_of_bounded_length() {
        for (String wrong : List.of("", " ", "a b", "ä", "a\u0000", "x".repeat(201))) {
            assertThatThrownBy(() -> new Command("things", "POST /", wrong, "", IfMatch.ANY))
                    .hasMessageContaining("Idempotency-Key");
        }
    }

    @Test
    void content_is_told_apart_wherever_it_is_cut() {
        assertThat(List.of(
                        command.withContent("ab", "c").fingerprint(),
                        command.withContent("a", "bc").fingerprint(),
                        command.withContent("abc").fingerprint(),
                        command.withContent("abc", "").fingerprint(),
                        command.fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void operation_and_if_match_belong_to_the_request_and_the_key_does_not() {
        assertThat(List.of(
                        command.fingerprint(),
                        new Command("things", "PUT /api/assets", "k", "", IfMatch.ANY).fingerprint(),
                        new Command("things", "POST /api/assets", "k", "", IfMatch.parse("\"1\"")).fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(new Command("things", "POST /api/assets", "other", "", IfMatch.ANY).fingerprint())
                .isEqualTo(command.fingerprint());
    }
}
