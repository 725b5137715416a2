package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a merchandiser chooses pictures for a product: what is offered there is told as what it is, and chosen once. */
class AdminPanelPickerDrill extends WorkingInTheAdminPanel {

    private String name;
    private String sku;
    private long seed;

    @BeforeEach
    void a_product_of_its_own_with_a_picture() {
        name = "picked" + UUID.randomUUID().toString().substring(0, 8);
        sku = name.toUpperCase(Locale.ROOT);
        seed = UUID.randomUUID().getMostSignificantBits();
        lamp(sku, picture(name + ".png", seed, name));
    }

    @Test
    void what_is_uploaded_though_the_product_shows_it_already_is_not_chosen_again() {
        panel.open("products/by-sku/" + sku);
        panel.press("Choose pictures…");
        panel.uploadInDialog(AdminPanel.png(name + "-again.png", seed), AdminPanel.png(name + "-new.png", seed + 1));
        panel.awaitUploads("2 of 2 files in the shop");
        panel.press("Add 1 picture");
        panel.page().locator(".images > li").nth(1).waitFor();
        panel.press("Save");
        panel.awaitText("Lamp is saved.");
        assertThat(shop.client().read("/api/products/" + sku).path("imageIds").size())
                .isEqualTo(2);
    }

    /** As where there are many pictures, and the products have not heard yet that one of them is gone. */
    @Test
    void what_is_offered_though_it_is_deleted_for_good_is_told_so_on_every_page() {
        var spare = name + "-spare.png";
        var deleted = picture(spare, seed + 1, name);
        panel.pretend(url -> url.contains("/api/assets?"), "{\"items\":[],\"page\":0,\"size\":48,\"total\":60}");
        panel.page()
                .route("**/api/assets/" + deleted, route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        panel.open("products/by-sku/" + sku);
        lookInDialog(spare);
        offered("It was deleted for good.").waitFor();
        panel.answer("Cancel");

        asIfThereWereMany();
        lookInDialog(spare);
        panel.press("Show more");
        offered("It was deleted for good.").waitFor();
    }

    @Test
    void what_arrives_moves_nobody_to_another_place() {
        var spare = name + "-spare.png";
        var chosen = picture(spare, seed + 1, name);
        asIfThereWereMany();
        panel.open("products/by-sku/" + sku);
        lookInDialog(name);
        // The first page offers what the products seem not to know, the second what they do.
        panel.awaitPictures(2);
        panel.press("Show more");
        panel.awaitPictures(4);
        var release = panel.hold("**/api/assets");
        panel.uploadInDialog(AdminPanel.png(name + "-late.png", seed + 2));
        panel.page()
                .locator("dialog .grid")
                .getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(Pattern.compile(spare)))
                .first()
                .focus();
        release.run();
        panel.awaitPictures(6);
        assertThat(panel.placeOfTheFocus()).isEqualTo(chosen);
    }

    /** The first page of what the products offer is empty, and what they do offer is on the second one. */
    private void asIfThereWereMany() {
        panel.page()
                .route(
                        url -> url.contains("/attachable-images?") && url.contains("page=1"),
                        route -> route.resume(new Route.ResumeOptions()
                                .setUrl(route.request().url().replace("page=1", "page=0"))));
        panel.pretend(
                url -> url.contains("/attachable-images?") && url.contains("page=0"),
                "{\"items\":[],\"page\":0,\"size\":48,\"total\":49}");
    }

    /** Returns once the words have been sent. */
    private void lookInDialog(String words) {
        panel.press("Choose pictures…");
        panel.page()
                .waitForResponse(
                        response -> response.url().contains("/attachable-images?query=" + words),
                        () -> panel.page()
                                .locator("dialog")
                                .getByRole(AriaRole.SEARCHBOX)
                                .fill(words));
    }

    private Locator offered(String standing) {
        return panel.page().locator("dialog .grid > li", new Page.LocatorOptions().setHasText(standing));
    }

    @Test
    void the_dialog_goes_with_the_page_that_it_belongs_to() {
        panel.open("products");
        panel.go("products/by-sku/" + sku);
        panel.press("Choose pictures…");
        panel.page().locator("dialog").waitFor();
        panel.page().goBack();
        panel.page().locator("dialog").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        panel.awaitText("New product");
    }
}
