package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States of the panel's pages that nobody meets on an ordinary day: they say what they are, and keep nobody out. */
class AdminPanelStatesDrill extends WorkingInTheAdminPanel {

    private String name;
    private String sku;
    private long seed;

    @BeforeEach
    void names_of_its_own() {
        name = "state" + UUID.randomUUID().toString().substring(0, 8);
        sku = name.toUpperCase(Locale.ROOT);
        seed = UUID.randomUUID().getMostSignificantBits();
    }

    @Test
    void a_picture_that_a_camera_has_written_in_and_a_product_shows() {
        panel.open("pictures");
        panel.upload(new FilePayload(name + ".jpg", "image/jpeg", Pictures.takenWith("Camera of " + name, seed)));
        panel.awaitUploads("1 of 1 file in the shop");
        var id = shop.client()
                .read("/api/assets?query=" + name)
                .path("items")
                .get(0)
                .path("id")
                .asString();
        lamp(sku, id);
        panel.open("pictures/" + id);
        panel.awaitText("Camera of " + name);
        panel.awaitText("Lamp");
        panel.judge("admin-picture-in-use");
        panel.press("Move to trash");
        panel.awaitText("1 product shows this picture.");
        panel.judge("admin-picture-confirming");
        panel.answer("Cancel");
        assertThat(shop.client().read("/api/assets/" + id).path("status").asString())
                .isEqualTo("ACTIVE");
    }

    @Test
    void a_product_with_a_picture_that_was_deleted_for_good() {
        var picture = picture(name + ".png", seed);
        lamp(sku, picture);
        panel.page()
                .route("**/api/assets/" + picture, route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
        panel.open("products/by-sku/" + sku);
        panel.awaitText("It was deleted for good. Take it off.");
        panel.judge("admin-product-missing-picture");
        panel.press("Take Missing picture off");
        panel.press("Save");
        panel.awaitText("Lamp is saved.");
        assertThat(shop.client().read("/api/products/" + sku).path("imageIds").size())
                .isZero();
    }

    @Test
    void what_can_not_be_read() {
        var picture = picture(name + ".png", seed);
        lamp(sku);
        panel.page()
                .route(url -> url.contains("/api/"), route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        panel.open("pictures");
        panel.awaitText("The pictures can’t be read: The shop answered 500.");
        panel.judge("admin-pictures-unread");
        panel.open("products");
        panel.awaitText("The products can’t be read: The shop answered 500.");
        panel.judge("admin-products-unread");
        panel.open("pictures/" + picture);
        panel.awaitText("The shop answered 500.");
        panel.judge("admin-picture-unread");
        panel.open("products/by-sku/" + sku);
        panel.awaitText("The shop answered 500.");
        panel.judge("admin-product-unread");

        panel.page().unrouteAll();
        panel.press("Try again");
        panel.awaitText("Saved, version");
    }

    @Test
    void an_address_that_makes_no_sense_leads_to_the_pictures() {
        panel.open("products/by-sku/%E0%A4");
        panel.awaitText("Upload pictures");
        assertThat(panel.page().url()).endsWith("#/pictures");
    }

    @Test
    void of_many_that_are_to_be_trashed_all_are_counted_that_products_show() {
        var many = 60;
        panel.pretend(
                url -> url.contains("/api/assets?"),
                IntStream.range(0, many)
                        .mapToObj(number -> """
                                {"id":"%s","fileName":"%s-%d.png","contentType":"image/png","width":96,"height":64,"size":100,\
                                "uploadedAt":"2026-01-01T00:00:00Z","tags":[],"version":1,"status":"ACTIVE"}""".formatted(new UUID(seed, number), name, number))
                        .collect(Collectors.joining(
                                ",", "{\"items\":[", "],\"page\":0,\"size\":%1$d,\"total\":%1$d}".formatted(many))));
        panel.pretend(
                url -> url.contains("/api/products?image="), "{\"items\":[],\"page\":0,\"size\":100,\"total\":1}");
        panel.open("pictures");
        panel.awaitPictures(many);
        panel.press("Choose all on this page");
        panel.press("Move to trash");
        panel.awaitText(many + " pictures are shown by products.");
        panel.answer("Cancel");
    }
}
