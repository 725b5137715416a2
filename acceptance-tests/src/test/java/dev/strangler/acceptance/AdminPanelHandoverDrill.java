package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What somebody in the admin panel sees while the features are handed over under his hands, and afterwards. */
@TestMethodOrder(OrderAnnotation.class)
class AdminPanelHandoverDrill extends WorkingInTheAdminPanel {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Only what this run has made is looked for. */
    private final String run = "moved" + UUID.randomUUID().toString().substring(0, 6);

    private final long seed = UUID.randomUUID().getMostSignificantBits();
    private final String sku = run.toUpperCase(java.util.Locale.ROOT);

    private final ExecutorService operator = Executors.newSingleThreadExecutor();
    private MovingFeature assets;
    private MovingFeature products;

    @BeforeAll
    void something_to_work_with() {
        assets = new MovingFeature(shop, "assets");
        products = new MovingFeature(shop, "products");
        lamp(sku, picture(run + "-shown.png", seed, run));
        picture(run + "-spare.png", seed + 1, run);
    }

    @AfterAll
    void theMonolithAnswersAlone() {
        operator.shutdownNow();
        if (assets != null) {
            assets.isHome();
            products.isHome();
        }
    }

    @Test
    @Order(1)
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
    @Order(2)
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
    @Order(3)
    void the_same_panel_works_with_the_services_as_owners() throws Exception {
        panel.press("Save");
        panel.awaitText("Saved, version");
        assertThat(shop.client().get("/api/products/" + sku).servedBy()).isEqualTo("pim");
        var images = panel.page().locator(".images > li");
        var count = images.count();
        // Uploaded in the dialog and added at once, whether or not the products have heard of it.
        panel.press("Choose pictures…");
        panel.uploadInDialog(AdminPanel.png(run + "-late.png", seed + 200));
        panel.page()
                .locator("dialog")
                .getByLabel(Pattern.compile(run + "-late.png.*"))
                .first()
                .waitFor();
        panel.judge("admin-picker");
        panel.press(Pattern.compile("^Add 1 picture$"));
        panel.press("Save");
        panel.awaitText("Saved, version");
        await().atMost(SOON)
                .pollInterval(POLL)
                .until(() -> shop.client()
                                .read("/api/products/" + sku)
                                .path("imageIds")
                                .size()
                        == count + 1);
        assertThat(panel.alarms()).isEmpty();

        // A picture in the trash is said to be there, and taken out by being shown again.
        panel.open("pictures");
        panel.choose(run + "-spare.png");
        panel.press("Move to trash");
        panel.awaitText("1 picture moved to the trash.");
        panel.open("products/by-sku/" + sku);
        panel.pick(run + "-spare", run + "-spare.png");
        panel.awaitText("Saving this product takes it out again.");
        panel.press("Save");
        panel.awaitText("Saved, version");
        await().atMost(SOON)
                .pollInterval(POLL)
                .until(() -> shop.client()
                                .read("/api/assets?query=" + run + "-spare")
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
        await().atMost(SOON).pollInterval(POLL).until(() -> feature.standsStill() || ordered.isDone());
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
}
