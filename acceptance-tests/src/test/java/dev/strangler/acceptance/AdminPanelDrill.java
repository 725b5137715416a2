package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A photographer and a merchandiser at their daily work in the admin panel. */
@TestMethodOrder(OrderAnnotation.class)
class AdminPanelDrill extends WorkingInTheAdminPanel {

    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    /** Only what this run has made is looked for. */
    private final String run = "panel" + UUID.randomUUID().toString().substring(0, 6);

    private final long seed = UUID.randomUUID().getMostSignificantBits();
    private final String sku = run.toUpperCase(java.util.Locale.ROOT);

    @Test
    @Order(1)
    void a_photographer_uploads_many_and_one_bad_file_keeps_none_of_the_others_out() {
        panel.open("pictures");
        panel.page()
                .getByLabel("Tags for what is uploaded next", new Page.GetByLabelOptions().setExact(true))
                .fill(run + ", " + SCRIPT);
        var files = IntStream.range(0, 12)
                .mapToObj(number -> AdminPanel.png(run + "-" + number + ".png", seed + number))
                .toArray(FilePayload[]::new);
        panel.upload(files);
        panel.upload(
                new FilePayload(run + "-bad.png", "image/png", "no picture".getBytes(StandardCharsets.UTF_8)),
                AdminPanel.png("<b onclick=alert(1)>" + run + ".png", seed + 50));

        panel.awaitUploads("13 of 14 files in the shop, 1 not");
        assertThat(panel.page().locator("#uploads li[data-state=refused]").innerText())
                .contains(run + "-bad.png", "no picture of a known type", "Retry");
        Judge.pictures(panel.page(), "admin-uploads");
        panel.press("Close");
        panel.answer("Leave out");
        panel.look(run);
        panel.awaitPictures(13);
        panel.awaitText("<b onclick=alert(1)>" + run + ".png");
        panel.awaitText(SCRIPT);
        panel.judge("admin-pictures");
    }

    @Test
    @Order(2)
    void many_are_tagged_and_trashed_at_once_and_come_back() {
        panel.choose(run + "-0.png", run + "-1.png");
        panel.press("Add tags…");
        panel.page().locator("dialog").getByRole(AriaRole.TEXTBOX).fill(run + "x");
        panel.judge("admin-tagging");
        panel.answer("Add tags");
        panel.awaitText("2 pictures changed.");
        panel.look(run + "x");
        panel.awaitPictures(2);

        panel.choose(run + "-0.png", run + "-1.png");
        panel.press("Move to trash");
        panel.awaitText("2 pictures moved to the trash.");
        // What was just done is seen at once, whoever answers.
        panel.awaitPictures(0);
        panel.press("Undo");
        panel.awaitPictures(2);

        panel.page()
                .getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(run + "-0.png").setExact(true))
                .click();
        panel.awaitText("No product shows this picture.");
        panel.awaitText("This file carries none.");
        panel.press("Move to trash");
        panel.awaitText("In the trash");
        panel.judge("admin-picture");
        panel.open("trash");
        panel.look(run);
        panel.awaitPictures(1);
        panel.judge("admin-trash");
        // Whoever stands behind the last page, as it has been emptied, is led to it.
        panel.open("trash?page=7&query=" + run);
        panel.awaitPictures(1);
        panel.choose(run + "-0.png");
        panel.press("Restore");
        panel.awaitText("1 picture restored.");
        panel.awaitPictures(0);
    }

    @Test
    @Order(3)
    void a_merchandiser_makes_a_product_with_pictures_in_an_order() throws Exception {
        panel.open("products/new");
        panel.press("Create product");
        panel.awaitText("Name is missing");
        panel.judge("admin-mistakes");
        panel.type("Name", SCRIPT + " lamp");
        panel.type("SKU", sku);
        panel.type("Price", "12,50");
        assertThat(panel.page().locator("form .mistake:visible").count())
                .as("fields that are said to be wrong after they were corrected")
                .isZero();
        panel.pick(run, run + "-0.png", run + "-1.png", run + "-2.png");
        panel.press("Move " + run + "-2.png forward");
        panel.press("Move " + run + "-2.png forward");
        panel.judge("admin-product");
        panel.press("Create product");
        panel.awaitText(SCRIPT + " lamp is saved.");

        var product = shop.client().read("/api/products/" + sku);
        assertThat(new String(shop.client().get("/api/products/" + sku).bytes(), StandardCharsets.UTF_8))
                .contains("\"amount\":12.50,");
        assertThat(names(product.path("imageIds")
                                .valueStream()
                                .map(id -> id.asString())
                                .toList())
                        .get(0))
                .isEqualTo(run + "-2.png");
        panel.open("products");
        panel.look(sku);
        panel.awaitText("3 pictures");
        panel.judge("admin-products");
        panel.open("pictures/" + product.path("imageIds").get(0).asString());
        panel.awaitText(SCRIPT + " lamp");
    }

    @Test
    @Order(4)
    void whoever_saves_upon_an_older_version_decides_and_loses_nothing() {
        panel.open("products/by-sku/" + sku);
        panel.type("Name", "Mine");
        panel.type("Description", "My words");
        elsewhere(Map.of("name", "Theirs", "description", "", "tags", List.of("theirs")));
        panel.press("Save");
        panel.awaitText(sku + " was changed by somebody else");
        panel.judge("admin-conflict");
        panel.answer("Save the choice");
        panel.awaitText("Mine is saved.");

        var saved = shop.client().read("/api/products/" + sku);
        assertThat(saved.path("name").asString()).isEqualTo("Mine");
        assertThat(saved.path("description").asString()).isEqualTo("My words");
        assertThat(saved.path("tags").toString()).isEqualTo("[\"theirs\"]");
    }

    @Test
    @Order(5)
    void a_form_that_was_left_without_saving_comes_back_as_it_was() {
        panel.open("products/by-sku/" + sku);
        panel.type("Description", "Half of a sent");
        panel.awaitText("Not saved yet");
        panel.page().reload();
        panel.awaitText("is back.");
        assertThat(panel.typed("Description")).isEqualTo("Half of a sent");
        panel.press("Discard it");
        panel.awaitText("Saved, version");
        assertThat(panel.typed("Description")).isEqualTo("My words");
    }

    @Test
    @Order(6)
    void without_a_connection_a_save_waits_and_says_so_until_there_is_one() {
        panel.open("products/by-sku/" + sku);
        panel.type("Description", "Written on a train");
        visitor.setOffline(true);
        panel.press("Save");
        panel.awaitWaiting();
        panel.awaitText("The shop can’t be reached at this moment.");
        panel.judge("admin-waiting");
        visitor.setOffline(false);
        panel.awaitText("Mine is saved.");
        panel.awaitNoWaiting();
        assertThat(panel.alarms()).isEmpty();
        assertThat(shop.client()
                        .read("/api/products/" + sku)
                        .path("description")
                        .asString())
                .isEqualTo("Written on a train");
    }

    @Test
    @Order(7)
    void a_save_that_has_waited_and_is_refused_is_not_announced_as_saved() {
        panel.open("products/by-sku/" + sku);
        panel.type("Description", "Refused in the end");
        visitor.setOffline(true);
        panel.press("Save");
        panel.awaitWaiting();
        panel.page().route("**/details", route -> route.fulfill(new Route.FulfillOptions().setStatus(422)));
        visitor.setOffline(false);
        panel.awaitText("Not saved, but nothing you typed is lost");
        assertThat(panel.page().locator("#spoken").textContent()).isEqualTo("The shop answers again.");
    }

    @Test
    @Order(8)
    void all_that_arrive_while_the_dialog_is_slow_are_chosen() {
        panel.open("products/new");
        panel.page().evaluate("""
                (later => { window.setTimeout = (act, pause) => later(act, Math.max(pause, 2_000)); })(window.setTimeout)""");
        panel.press("Choose pictures…");
        panel.uploadInDialog(IntStream.range(60, 63)
                .mapToObj(number -> AdminPanel.png(run + "-" + number + ".png", seed + number))
                .toArray(FilePayload[]::new));
        panel.press("Add 3 pictures");
        panel.page().waitForFunction("count => document.querySelectorAll('.images > li').length === count", 3);
    }

    private void elsewhere(Map<String, Object> details) {
        shop.client()
                .command(
                        "PUT",
                        "/api/products/" + sku + "/details",
                        UUID.randomUUID().toString(),
                        details)
                .expecting(200);
    }

    private List<String> names(List<String> ids) {
        return ids.stream()
                .map(id ->
                        shop.client().read("/api/assets/" + id).path("fileName").asString())
                .toList();
    }
}
