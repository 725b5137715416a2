package dev.strangler.outbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCheckTest {

    private final PayloadCheck check = new PayloadCheck(100);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " {\"a\": [1, -2.50, 1e9, 0.1E-7, true, false, null, \"\\u00e9\\n\\\\\"]} ",
                "\"text\"",
                "0",
                "-0",
                "null"
            })
    void json_passes(String payload) {
        assertThatCode(() -> check.check(Publisher.event("1", 1, payload))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "[1,]",
                "[1 2]",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "NaN",
                "nul",
                "'x'",
                "\"x",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\u0001b\"",
                "{} {}",
                "{}x"
            })
    void what_is_no_json_is_refused(String payload) {
        assertThatThrownBy(() -> check.check(Publisher.event("1", 1, payload)))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("AssetTagged of Asset 1 v1 is no JSON")
                .hasMessageContaining("character");
    }

    @Test
    void a_blank_payload_is_refused() {
        assertThatThrownBy(() -> check.check(Publisher.event("1", 1, " \n")))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("is blank");
    }

    @Test
    void size_counts_in_bytes_and_the_refusal_names_limit_and_way_out() {
        var fits = "\"" + "é".repeat(49) + "\"";
        assertThatCode(() -> check.check(Publisher.event("1", 1, fits))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check.check(Publisher.event("1", 1, "\"" + "é".repeat(50) + "\"")))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("has 102 bytes, allowed are 100")
                .hasMessageContaining("strangler.outbox.max-payload-bytes");
    }

    @Test
    void nesting_is_bounded() {
        var check = new PayloadCheck(1_000_000);
        assertThatThrownBy(() -> check.check(Publisher.event("1", 1, "[".repeat(100_000))))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("nested deeper than 512");
    }
}
