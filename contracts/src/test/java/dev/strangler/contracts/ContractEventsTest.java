package dev.strangler.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.contracts.assets.AssetState;
import dev.strangler.contracts.assets.AssetStatus;
import dev.strangler.contracts.assets.Rendition;
import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.contracts.products.ProductState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContractEventsTest {

    private static final UUID ID = UUID.fromString("3f2b8c1e-52a4-4a3f-9a53-0a4f6c1d2e3f");

    @Test
    void a_state_read_back_equals_the_state_written() {
        var asset = asset(Instant.parse("2026-11-21T10:15:30.123456789Z"));

        assertThat(ContractEvents.read(ContractEvents.write(asset), AssetState.class))
                .isEqualTo(asset);
        assertThat(ContractEvents.read(ContractEvents.write(product("12.50")), ProductState.class))
                .isEqualTo(product("12.50"));
    }

    @Test
    void instants_are_written_in_utc_with_exactly_six_decimals() {
        assertThat(ContractEvents.write(asset(Instant.parse("2026-11-21T10:15:30Z"))))
                .contains("\"uploadedAt\":\"2026-11-21T10:15:30.000000Z\"")
                .contains("\"trashedAt\":null");
    }

    @Test
    void amounts_keep_their_scale_and_never_have_an_exponent() {
        assertThat(ContractEvents.write(product("12.50"))).contains("\"amount\":12.50,");
        assertThat(ContractEvents.write(product("1E+3"))).contains("\"amount\":1000,");
        assertThat(ContractEvents.write(product("0.0000"))).contains("\"amount\":0.0000,");
        assertThat(ContractEvents.read(ContractEvents.write(product("7.0")), ProductState.class)
                        .price()
                        .amount())
                .isEqualTo(new BigDecimal("7.0"));
    }

    @Test
    void an_amount_that_would_become_a_gigabyte_of_zeros_is_refused() {
        assertThatThrownBy(() -> product("1E+999999999")).hasMessageContaining("limit");
    }

    @Test
    void fields_come_in_the_order_of_the_record() {
        assertThat(ContractEvents.write(product("1")))
                .matches(
                        "\\{\"id\".*\"sku\".*\"name\".*\"description\".*\"price\".*\"tags\".*\"images\".*\"version\".*");
    }

    @Test
    void unknown_fields_are_ignored() {
        String payload = ContractEvents.write(product("1")).replace("{\"id\"", "{\"colour\":\"red\",\"id\"");

        assertThat(ContractEvents.read(payload, ProductState.class)).isEqualTo(product("1"));
    }

    @Test
    void what_is_missing_is_said_by_name() {
        String payload = ContractEvents.write(product("1")).replace("\"sku\":", "\"code\":");

        assertThatThrownBy(() -> ContractEvents.read(payload, ProductState.class))
                .isInstanceOf(UnreadablePayload.class)
                .hasMessageContaining("ProductState")
                .hasMessageContaining("sku");
    }

    @Test
    void what_is_no_json_is_refused() {
        for (String payload : List.of("", "null", "{", "[]", "{} {}")) {
            assertThatThrownBy(() -> ContractEvents.read(payload, ProductState.class))
                    .isInstanceOf(UnreadablePayload.class);
        }
    }

    private static AssetState asset(Instant uploadedAt) {
        return new AssetState(
                ID,
                "shop",
                "lamp.png",
                "image/png",
                1234,
                "ab".repeat(32),
                640,
                480,
                List.of("lamp"),
                AssetStatus.ACTIVE,
                1,
                uploadedAt,
                null,
                new Rendition("cd".repeat(32), "image/png", 99, 64, 48));
    }

    private static ProductState product(String amount) {
        var at = Instant.parse("2026-11-21T10:15:30.123456Z");
        return new ProductState(
                ID,
                "LAMP-1",
                "Lamp",
                "",
                new Money(new BigDecimal(amount), "EUR"),
                List.of("home"),
                List.of(new ProductImage(ID, 0)),
                1,
                at,
                at);
    }
}
