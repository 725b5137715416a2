package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A photographer and a merchandiser work in the admin panel while the features are handed over under their hands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AdminPanelDrill {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    /** Only what this run has made is looked for. */
    private final String run = "panel" + UUID.randomUUID().toString().substring(0, 6);

    private final long seed = UUID.randomUUID().getMostSignificantBits();
    private final String sku = run.toUpperCase(java.util.Locale.ROOT);

    private final ExecutorService operator = Executors.newSingleThreadExecutor();
    private Browser browser;
    private BrowserContext visitor;
    private RunningShop shop;
    private AdminPanel panel;
    private MovingFeature assets;
    private MovingFeature products;

    @BeforeAll
    void open() {
        browser = Browser.open();
        shop = RunningShop.shared();
        assets = new MovingFeature(shop, "assets");
        products = new MovingFeature(shop, "products");
        visitor = browser.visitor(ColorScheme.LIGHT);
        panel = new AdminPanel(visitor, shop.address());
    }

    @AfterEach
    void nothing_has_failed_unseen() {
        assertThat(panel.failures()).isEmpty();
    }

    @AfterAll
    void theMonolithAnswersAlone() {
        operator.shutdownNow();
        if (browser != null) {
            visitor.close();
            browser.close();
            assets.isHome();
            products.isHome();
        }
    }

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
        panel.look(run);
        panel.awaitPictures(13);
        panel.awaitText("<b onclick=alert(1)>" + run + ".png");
        panel.awaitText(SCRIPT);
        Judge.page(panel.page(), "admin-pictures");
    }

    @Test
    @Order(2)
    void many_are_tagged_and_trashed_at_once_and_come_back() {
        choose(run + "-0.png", run + "-1.png");
        panel.press("Add tags…");
        panel.page().locator("dialog").getByRole(AriaRole.TEXTBOX).fill(run + "x");
        Judge.page(panel.page(), "admin-tagging");
        panel.answer("Add tags");
        panel.awaitText("2 pictures changed.");
        panel.look(run + "x");
        panel.awaitPictures(2);

        choose(run + "-0.png", run + "-1.png");
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
        Judge.page(panel.page(), "admin-picture");
        panel.open("trash");
        panel.look(run);
        panel.awaitPictures(1);
        Judge.page(panel.page(), "admin-trash");
        choose(run + "-0.png");
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
        Judge.page(panel.page(), "admin-mistakes");
        panel.type("Name", SCRIPT + " lamp");
        panel.type("SKU", sku);
        panel.type("Price", "12,50");
        pick(run, run + "-0.png", run + "-1.png", run + "-2.png");
        panel.press("Move " + run + "-2.png forward");
        panel.press("Move " + run + "-2.png forward");
        Judge.page(panel.page(), "admin-product");
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
        Judge.page(panel.page(), "admin-products");
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
        Judge.page(panel.page(), "admin-conflict");
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
        Judge.page(panel.page(), "admin-waiting");
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
    void pictures_sent_while_the_assets_are_handed_over_wait_and_arrive() throws Exception {
        assets.isReady();
        panel.open("pictures");
        var moving = standing(assets);
        panel.upload(IntStream.range(0, 8)
                .mapToObj(number -> AdminPanel.png(run + "-moved-" + number + ".png", seed + 100 + number))
                .toArray(FilePayload[]::new));
        panel.page()
                .locator("#uploads [data-state=held]")
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(SOON.toMillis()));
        released(assets, moving);

        panel.awaitUploads("8 of 8 files in the shop");
        assertThat(panel.alarms()).isEmpty();
        panel.press("Close");
        panel.look(run + "-moved");
        panel.awaitPictures(8);
        assertThat(assets.owner()).isEqualTo("service");
        assertThat(shop.client()
                        .read("/api/assets?query=" + run + "-moved")
                        .path("total")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    @Order(8)
    void a_product_saved_while_the_products_are_handed_over_waits_and_is_saved_once() throws Exception {
        products.isReady();
        panel.open("products/by-sku/" + sku);
        var before = shop.client().read("/api/products/" + sku).path("version").asLong();
        var moving = standing(products);
        panel.type("Name", "Kept");
        panel.press("Save");
        panel.awaitWaiting();
        panel.awaitText("is kept and sent again by itself");
        // The form can be used meanwhile, and what is typed then is not saved with it, nor lost.
        panel.type("Description", "typed meanwhile");
        released(products, moving);

        panel.awaitText("Kept is saved.");
        panel.awaitNoWaiting();
        assertThat(panel.alarms()).isEmpty();
        assertThat(panel.typed("Description")).isEqualTo("typed meanwhile");
        var saved = shop.client().read("/api/products/" + sku);
        assertThat(saved.path("name").asString()).isEqualTo("Kept");
        assertThat(saved.path("version").asLong()).isEqualTo(before + 1);
    }

    @Test
    @Order(9)
    void the_same_panel_works_with_the_services_as_owners() throws Exception {
        panel.press("Save");
        panel.awaitText("Saved, version");
        assertThat(shop.client().get("/api/products/" + sku).servedBy()).isEqualTo("pim");
        var images = panel.page().locator(".images > li");
        var count = images.count();
        // Uploaded in the dialog and added at once, whether or not the products have heard of it.
        panel.press("Choose pictures…");
        panel.page().getByLabel("Or upload new ones").setInputFiles(AdminPanel.png(run + "-late.png", seed + 200));
        panel.page()
                .locator("dialog")
                .getByLabel(Pattern.compile(run + "-late.png.*"))
                .first()
                .waitFor();
        Judge.page(panel.page(), "admin-picker");
        panel.press(Pattern.compile("^Add 1 picture$"));
        panel.press("Save");
        panel.awaitText("Saved, version");
        await().atMost(SOON)
                .until(() -> shop.client()
                                .read("/api/products/" + sku)
                                .path("imageIds")
                                .size()
                        == count + 1);
        assertThat(panel.alarms()).isEmpty();

        // A picture in the trash is said to be there, and taken out by being shown again.
        panel.open("pictures");
        choose(run + "-5.png");
        panel.press("Move to trash");
        panel.awaitText("1 picture moved to the trash.");
        panel.open("products/by-sku/" + sku);
        pick(run + "-5", run + "-5.png");
        panel.awaitText("Saving this product takes it out again.");
        panel.press("Save");
        panel.awaitText("Saved, version");
        await().atMost(SOON)
                .until(() -> shop.client()
                                .read("/api/assets?query=" + run + "-5")
                                .path("total")
                                .asInt()
                        == 1);
        assertThat(shop.client().get("/api/assets?query=" + run).servedBy()).isEqualTo("dam");
        new BothSides(shop).areEqualInTheEnd();
    }

    /** Orders a handover and returns once it stands still with the writes of the feature closed. */
    private Future<CommandLine.Result> standing(MovingFeature feature) {
        feature.standStillBefore("drain");
        Callable<CommandLine.Result> ordering = feature::cutover;
        var ordered = operator.submit(ordering);
        await().atMost(SOON).until(() -> feature.standsStill() || ordered.isDone());
        return ordered;
    }

    /** Lets it go on. A busy machine may have kept it for longer than a gap may last; then it has taken itself back, and is ordered once more. */
    private static void released(MovingFeature feature, Future<CommandLine.Result> ordered) throws Exception {
        feature.goOn();
        if (ordered.get(SOON.toSeconds(), TimeUnit.SECONDS).exitCode() != 0) {
            feature.awaitFree();
            feature.cutover().succeeded();
        }
    }

    private void choose(String... names) {
        for (var name : names) {
            if (panel.page()
                            .getByRole(
                                    AriaRole.CHECKBOX,
                                    new Page.GetByRoleOptions().setName(name).setExact(true))
                            .count()
                    == 0) {
                panel.look(name);
            }
            panel.page()
                    .getByRole(
                            AriaRole.CHECKBOX,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .check();
        }
    }

    private void pick(String words, String... names) {
        panel.press("Choose pictures…");
        panel.page().locator("dialog").getByRole(AriaRole.SEARCHBOX).fill(words);
        for (var name : names) {
            panel.page()
                    .locator(
                            "dialog .grid > li",
                            new Page.LocatorOptions().setHas(panel.page().getByTitle(name)))
                    .getByRole(AriaRole.CHECKBOX)
                    .check();
        }
        panel.press(Pattern.compile("^Add \\d+ pictures?$"));
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
