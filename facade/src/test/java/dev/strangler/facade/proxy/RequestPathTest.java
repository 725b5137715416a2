package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @Test
    void a_plain_path_is_what_it_is() {
        assertThat(RequestPath.parse("/api/assets/3b0c.x_y~z").decoded()).isEqualTo("/api/assets/3b0c.x_y~z");
        assertThat(RequestPath.parse("/").decoded()).isEqualTo("/");
        assertThat(RequestPath.parse("/api/assets/").decoded()).isEqualTo("/api/assets/");
        assertThat(RequestPath.parse("/api/...").decoded()).isEqualTo("/api/...");
    }

    @Test
    void encoded_letters_are_decoded_once() {
        assertThat(RequestPath.parse("/api/%61ssets").decoded()).isEqualTo("/api/assets");
        assertThat(RequestPath.parse("/api/products/caf%C3%A9%20noir").decoded())
                .isEqualTo("/api/products/café noir");
        assertThat(RequestPath.parse("/api/products/50%25-off").decoded()).isEqualTo("/api/products/50%-off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/assets/../products",
                "/api/./assets",
                "/api/assets/..",
                "/..",
                "//api/assets",
                "/api//assets",
                "/api/assets//",
                "/api/assets/%2e%2e/products",
                "/api/assets/%2E/x",
                "/api/assets/.%2e/x",
                "/api/assets/a%2ejpg",
                "/api/assets%2fx",
                "/api/assets%2Fx",
                "/api/assets%5cx",
                "/api/assets\\x",
                "/api/assets;x=1",
                "/api/assets;/x",
                "/api/..;/assets",
                "/api/assets%3bx",
                "/api/assets/%252e%252e/x",
                "/api/assets%252fx",
                "/api/assets/%00",
                "/api/assets/%0d%0aX-Evil:1",
                "/api/assets/%7f",
                "/api/assets/%c0%ae%c0%ae/x",
                "/api/assets/%ff",
                "/api/assets/%c3",
                "/api/assets/%",
                "/api/assets/%4",
                "/api/assets/%zz",
                "/api/assets/a b",
                "/api/assets/é",
                "/api/assets/<x>",
                "/api/assets#x",
                "api/assets",
                "http://elsewhere/api/assets",
                "*",
                ""
            })
    void what_can_be_read_in_two_ways_is_refused(String raw) {
        assertThatThrownBy(() -> RequestPath.parse(raw))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("more than one way")
                .extracting(refused -> ((Refused) refused).problem().status())
                .isEqualTo(400);
    }

    @Test
    void an_endless_path_is_refused() {
        assertThatThrownBy(() -> RequestPath.parse("/" + "a".repeat(2_048))).hasMessageContaining("allowed are 2048");
    }
}
