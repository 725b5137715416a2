package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody types in the admin panel while what he sent is held is neither lost nor taken for somebody else's. */
class AdminPanelHeldDrill extends WorkingInTheAdminPanel {

    private static final Duration SOON = Duration.ofSeconds(90);

    private String sku;

    @BeforeEach
    void a_product_of_its_own() {
        sku = "HELD-" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        lamp(sku);
    }

    @Test
    void it_is_what_holds_though_somebody_else_has_saved_meanwhile() {
        panel.open("products/by-sku/" + sku);
        var release = panel.hold("**/details");
        panel.type("Description", "Sent");
        panel.press("Save");
        panel.type("Description", "Typed since");
        elsewhere();
        release.run();
        panel.awaitText(sku + " was changed by somebody else");
        panel.answer("Save the choice");
        panel.awaitText("Theirs is saved.");
        assertThat(description(sku)).isEqualTo("Typed since");
    }

    @Test
    void it_stays_where_it_can_not_be_read_what_is_saved() {
        panel.open("products/by-sku/" + sku);
        panel.type("Description", "Mine");
        var product = "**/api/products/" + sku;
        panel.page().route(product, route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        panel.press("Undo my changes");
        panel.awaitText("Your changes are not undone");
        elsewhere();
        panel.press("Save");
        panel.awaitText("Not saved, but nothing you typed is lost");
        assertThat(panel.typed("Description")).isEqualTo("Mine");
        panel.page().unroute(product);
        panel.press("Save");
        panel.answer("Save the choice");
        panel.awaitText("Theirs is saved.");
        assertThat(description(sku)).isEqualTo("Mine");
    }

    @Test
    void it_is_the_draft_of_the_product_that_is_created_meanwhile() {
        var created = sku + "-2";
        panel.open("products/new");
        panel.type("Name", "Second lamp");
        panel.type("SKU", created);
        panel.type("Price", "5");
        var release = panel.hold("**/api/products");
        panel.press("Create product");
        panel.type("Description", "Typed since");
        release.run();
        panel.awaitText("is back.");
        assertThat(panel.typed("Description")).isEqualTo("Typed since");
        assertThat(description(created)).isEmpty();
        panel.press("Save");
        panel.awaitText("Saved, version");
        assertThat(description(created)).isEqualTo("Typed since");
    }

    @Test
    void it_stands_upon_what_was_sent_from_the_form_that_was_left() {
        panel.open("products/by-sku/" + sku);
        var release = panel.hold("**/details");
        panel.type("Description", "Sent and left");
        panel.press("Save");
        panel.page().evaluate("location.hash = '#/products'");
        panel.awaitText("New product");
        panel.page().goBack();
        panel.awaitText("is back.");
        panel.type("Description", "Typed in the second");
        release.run();
        panel.awaitText("Lamp is saved.");
        panel.press("Save");
        panel.awaitText("Saved, version");
        assertThat(description(sku)).isEqualTo("Typed in the second");
        assertThat(panel.alarms()).isEmpty();
    }

    @Test
    void it_is_in_the_draft_of_a_form_that_is_opened_only_afterwards() {
        panel.open("products/by-sku/" + sku);
        var release = panel.hold("**/details");
        panel.type("Name", "Lantern");
        panel.press("Save");
        panel.type("Description", "Typed and left");
        panel.page().evaluate("location.hash = '#/products'");
        panel.awaitText("New product");
        release.run();
        panel.awaitText("Lantern is saved.");
        panel.page().goBack();
        panel.awaitText("is back.");
        panel.press("Save");
        panel.awaitText("Saved, version");
        assertThat(description(sku)).isEqualTo("Typed and left");
        assertThat(panel.alarms()).isEmpty();
    }

    @Test
    void tags_go_out_next_and_only_then() {
        var picture = picture(sku + ".png", UUID.randomUUID().getMostSignificantBits(), "first");
        panel.open("pictures/" + picture);
        var release = panel.hold("**/tags");
        panel.type("Tags", "sent");
        panel.press("Save tags");
        panel.type("Tags", "typed since");
        // The first takes the word, the second would send the form.
        panel.page().keyboard().press("Enter");
        panel.page().keyboard().press("Enter");
        release.run();
        panel.awaitText("Tags of " + sku + ".png saved.");
        assertThat(tags(picture)).containsExactlyInAnyOrder("first", "sent");
        panel.press("Save tags");
        await().atMost(SOON).until(() -> tags(picture).contains("typed since"));
        assertThat(tags(picture)).containsExactlyInAnyOrder("first", "sent", "typed since");
        assertThat(panel.alarms()).isEmpty();
    }

    private void elsewhere() {
        shop.client()
                .command(
                        "PUT",
                        "/api/products/" + sku + "/details",
                        UUID.randomUUID().toString(),
                        Map.of("name", "Theirs", "description", "Their words"))
                .expecting(200);
    }

    private String description(String of) {
        return shop.client().read("/api/products/" + of).path("description").asString();
    }
}
