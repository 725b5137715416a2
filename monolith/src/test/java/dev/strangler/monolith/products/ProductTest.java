package dev.strangler.monolith.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.contracts.products.Money;
import dev.strangler.contracts.products.ProductImage;
import dev.strangler.monolith.assets.AssetId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTest {

    private static final Instant THEN = Instant.parse("2026-11-21T10:00:00.123456789Z");
    private static final Instant NOW = Instant.parse("2026-11-21T11:00:00.987654321Z");
    private static final Details DETAILS = new Details("Lamp", "");
    private static final Money PRICE = money("12.50");

    private final AssetId a = new AssetId(UUID.randomUUID());
    private final AssetId b = new AssetId(UUID.randomUUID());
    private final AssetId c = new AssetId(UUID.randomUUID());
    private final Product product = Product.created(
            UUID.randomUUID(),
            new NewProduct(new Sku("LAMP-1"), DETAILS, PRICE, Tags.of(List.of("home")), List.of(a, b)),
            THEN);

    @Test
    void a_new_product_has_version_1_and_times_in_whole_microseconds() {
        assertThat(product.version()).isEqualTo(1);
        assertThat(product.state().createdAt()).isEqualTo("2026-11-21T10:00:00.123456Z");
        assertThat(product.state().changedAt()).isEqualTo(product.state().createdAt());
    }

    @Test
    void each_change_counts_the_version_up_by_one_and_notes_the_time() {
        assertThat(product.changeDetails(
                        new Details("Lamp 2", ""), money("1"), Tags.of(List.of()), product.images(), NOW))
                .isTrue();
        assertThat(product.version()).isEqualTo(2);
        assertThat(product.changePrice(money("2"), NOW)).isTrue();
        assertThat(product.tag(Tags.of(List.of("x")), NOW)).isTrue();
        assertThat(product.attach(c, NOW)).isTrue();
        assertThat(product.detach(a, NOW)).isTrue();

        assertThat(product.version()).isEqualTo(6);
        assertThat(product.state().changedAt()).isEqualTo("2026-11-21T11:00:00.987654Z");
        assertThat(product.state().images())
                .containsExactly(new ProductImage(b.value(), 0), new ProductImage(c.value(), 1));
    }

    @Test
    void what_changes_nothing_is_no_version() {
        assertThat(product.changeDetails(DETAILS, PRICE, Tags.of(List.of(" home ", "home")), product.images(), NOW))
                .isFalse();
        assertThat(product.changePrice(money("12.50"), NOW)).isFalse();
        assertThat(product.tag(Tags.of(List.of("home")), NOW)).isFalse();
        assertThat(product.attach(b, NOW)).isFalse();
        assertThat(product.detach(c, NOW)).isFalse();

        assertThat(product.version()).isEqualTo(1);
        assertThat(product.state().changedAt()).isEqualTo(product.state().createdAt());
    }

    @Test
    void another_scale_is_another_price() {
        assertThat(product.changePrice(money("12.5"), NOW)).isTrue();
        assertThat(product.state().price().amount().toString()).isEqualTo("12.5");
    }

    @Test
    void tags_are_a_set_in_byte_order() {
        assertThat(Tags.of(List.of("b", " a ", "", "ä", "Z", "a", "🙂", "\uffe6", "A\u0308"))
                        .values())
                .containsExactly("Z", "a", "b", "Ä", "ä", "\uffe6", "🙂");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "918223582", "headless-omnichannel-mp3", "A.b_c-9"})
    void these_are_skus(String text) {
        assertThat(new Sku(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "-a", "a/b", "a b", "ä", "a\n", "attachable-images"})
    void these_are_none(String text) {
        assertThat(Sku.isValid(text)).isFalse();
        assertThatThrownBy(() -> new Sku(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Money money(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }
}
