package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a merchandiser chooses pictures for a product: what is offered there is told as what it is, and chosen once. */
class AdminPanelPickerDrill extends WorkingInTheAdminPanel {

    private String name;
    private String sku;
    private long seed;
    private String shown;

    @BeforeEach
    void a_product_of_its_own_with_a_picture() {
        name = "picked" + UUID.randomUUID().toString().substring(0, 8);
        sku = name.toUpperCase(Locale.ROOT);
        seed = UUID.randomUUID().getMostSignificantBits();
        shown = picture(name + ".png", seed, name);
        lamp(sku, shown);
    }

    @Test
    void what_is_uploaded_though_the_product_shows_it_already_is_not_chosen_again() {
        panel.open("products/by-sku/" + sku);
        panel.press("Choose pictures…");
        panel.uploadInDialog(AdminPanel.png(name + "-again.png", seed), AdminPanel.png(name + "-new.png", seed + 1));
        panel.awaitUploads("2 of 2 files in the shop");
        panel.press("Add 1 picture");
        assertThat(panel.page().locator(".images > li").count()).isEqualTo(2);
        panel.press("Save");
        panel.awaitText("Lamp is saved.");
        assertThat(shop.client().read("/api/products/" + sku).path("imageIds").size())
                .isEqualTo(2);
    }
}
