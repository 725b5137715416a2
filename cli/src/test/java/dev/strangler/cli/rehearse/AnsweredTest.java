package dev.strangler.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredTest {

    @ParameterizedTest
    @CsvSource({"200, false", "201, false", "409, true", "421, true", "503, true"})
    void a_write_is_done_or_told_when_to_come_again(int status, boolean saysWhen) {
        assertThat(new Answered(true, status, saysWhen).isWelcome()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "409, false",
        "421, false",
        "500, false",
        "500, true",
        "502, false",
        "503, false",
        "504, false"
    })
    void a_write_is_told_nothing_else(int status, boolean saysWhen) {
        assertThat(new Answered(true, status, saysWhen).isWelcome()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 421, 500, 502, 503, 504})
    void a_read_is_not_even_told_to_come_again(int status) {
        assertThat(new Answered(false, status, true).isWelcome()).isFalse();
        assertThat(new Answered(false, 200, false).isWelcome()).isTrue();
    }

    @Test
    void what_nobody_promised_is_counted_apart() {
        var recording = new Recording();
        recording.answered(new Answered(true, 503, true));
        recording.answered(new Answered(true, 500, false));
        recording.answered(new Answered(false, 503, true));
        recording.answered(new Answered(false, 503, true));
        recording.unanswered(false);
        assertThat(recording.trouble()).isEqualTo(new Recording.Trouble(Map.of("write 500", 1L, "read 503", 2L), 1));
        assertThat(recording.answers())
                .isEqualTo(Map.of("write 500", 1L, "write 503", 1L, "read 503", 2L, "read without an answer", 1L));
    }
}
