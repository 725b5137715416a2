package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** The console as operators meet it, in a real browser, over a whole shop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ConsoleDrill {

    private static final Duration SOON = Duration.ofSeconds(90);
    /** Other drills have writes refused on purpose; the gate remembers that for an hour. */
    private static final String KNOWN = "refused-writes";

    private static final String HOSTILE =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    private Browser browser;
    private RunningShop shop;
    private MovingFeature assets;
    private BrowserContext visitor;
    private ConsolePages console;

    /** Without a browser nothing is started at all. */
    @BeforeAll
    void nothingIsInTheWay() {
        browser = Browser.open();
        shop = RunningShop.shared();
        assets = new MovingFeature(shop, "assets");
        assets.isReady();
        visitor = browser.visitor(ColorScheme.LIGHT);
        console = ConsolePages.logIn(visitor, shop.console(), shop.consoleToken());
    }

    @AfterAll
    void theMonolithAnswersAlone() {
        if (assets != null) {
            assets.isHome();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void writes_go_over_and_come_back_by_keyboard_alone_while_pictures_are_uploaded() throws Exception {
        var isUploading = new AtomicBoolean(true);
        var acknowledged = new AtomicInteger();
        var uploader = Executors.newSingleThreadExecutor();
        try {
            Callable<List<String>> uploading = () -> upload(isUploading, acknowledged);
            var uploads = uploader.submit(uploading);
            await().atMost(SOON).until(() -> acknowledged.get() > 3 || uploads.isDone());
            movesTo("cutover", "service");
            var before = acknowledged.get();
            await().atMost(SOON).until(() -> acknowledged.get() > before + 3 || uploads.isDone());
            movesTo("back", "monolith");
            isUploading.set(false);
            var ids = uploads.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(ids).hasSizeGreaterThan(6).doesNotHaveDuplicates();
            for (var id : ids) {
                assertThat(shop.client().read("/api/assets/" + id).path("id").asString())
                        .isEqualTo(id);
            }
        } finally {
            isUploading.set(false);
            uploader.shutdownNow();
        }
    }

    private List<String> upload(AtomicBoolean isUploading, AtomicInteger acknowledged) {
        var ids = new ArrayList<String>();
        var client = shop.client();
        for (var number = 0; isUploading.get(); number++) {
            var name = "console-" + number + ".png";
            ids.add(client.upload(UUID.randomUUID().toString(), name, Pictures.png(77_000L + number), "console")
                    .expecting(201)
                    .json()
                    .path("id")
                    .asString());
            acknowledged.incrementAndGet();
        }
        return ids;
    }

    private void movesTo(String verb, String owner) {
        handsOver(verb);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(newest().path("outcome").asString()).isEqualTo("DONE"));
        var journal = newest();
        assertThat(journal.path("who").asString()).isEqualTo("keyboard");
        assertThat(journal.path("why").asString()).isEqualTo("drill, by keyboard");
        assertThat(assets.owner()).isEqualTo(owner);
        var page = console.page();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(console.text("#outcome"))
                        .endsWith("epoch %d: done"
                                .formatted(journal.path("toEpoch").asLong())));
        assertThat(page.locator("#gap").getAttribute("data-millis"))
                .isEqualTo(String.valueOf(journal.path("gapMillis").asLong()));
        assertThat(console.text("#gap"))
                .isEqualTo("%,d ms".formatted(journal.path("gapMillis").asLong()));
        Judge.pictures(page, "console-feature-after-" + verb);
    }

    /** A gate may say no on a busy machine; an operator waits then, and asks again. */
    private void handsOver(String verb) {
        var said = "";
        for (var attempt = 0; attempt < 3; attempt++) {
            assets.awaitFree();
            said = console.handOver(verb, "assets", "drill, by keyboard", KNOWN);
            if (!said.contains("Plan refused")) {
                return;
            }
        }
        throw new AssertionError("Refused three times: " + said);
    }

    private JsonNode newest() {
        return shop.control()
                .get("/control/features/assets/operations")
                .path("items")
                .path(0);
    }

    @Test
    @Order(2)
    void what_strangers_write_stays_text() {
        var id = shop.client()
                .upload(
                        UUID.randomUUID().toString(),
                        HOSTILE.replace('"', '\'').replace("/", "") + ".png",
                        Pictures.png(78_001),
                        "drill")
                .expecting(201)
                .json()
                .path("id")
                .asString();
        shop.client()
                .command(
                        "PUT",
                        "/api/assets/" + id + "/tags",
                        UUID.randomUUID().toString(),
                        Map.of("tags", List.of(HOSTILE)))
                .expecting(200, 400, 422);
        shop.cli("reads", "assets", "--service", "99", "--why", HOSTILE).succeeded();
        shop.cli("reads", "assets", "--service", "100", "--why", HOSTILE).succeeded();
        var page = console.page();
        await().atMost(SOON).untilAsserted(() -> {
            console.open("/console/events?topic=assets.v1&key=" + id);
            assertThat(page.locator("details.record").count()).isGreaterThan(0);
        });
        page.locator("details.record > summary").first().press("Enter");
        assertThat(page.locator("details.record pre").first().textContent()).contains("onerror");
        isInert(page);
        Judge.pictures(page, "console-events");
        console.open("/console/features/assets");
        assertThat(console.text("#journal-place")).contains("onerror");
        isInert(page);
    }

    private static void isInert(Page page) {
        assertThat(page.title()).endsWith("Strangler console");
        assertThat(page.locator("script:not([src])").count()).isZero();
        assertThat(page.locator("main img").count()).isZero();
    }

    @Test
    @Order(3)
    void nobody_is_kept_out_on_any_page_wide_or_narrow_or_enlarged_in_light_or_dark() {
        try (var guest = browser.visitor(ColorScheme.LIGHT)) {
            var outside = new ConsolePages(guest.newPage(), shop.console());
            outside.open("/console/log-in?wrong");
            Judge.page(outside.page(), "console-log-in");
        }
        console.open("/console");
        Judge.page(console.page(), "console-overview");
        console.open("/console/features/assets");
        console.page().locator("#flow-live .flow").waitFor();
        console.page().locator("#fences-live .verdict").waitFor();
        Judge.page(console.page(), "console-feature");
        console.open("/console/events?topic=assets.v1");
        Judge.page(console.page(), "console-events");
        console.open("/console/audit");
        Judge.page(console.page(), "console-audit");
        console.open("/console/features/nothing");
        Judge.page(console.page(), "console-problem");
    }

    @Test
    @Order(4)
    void a_handover_that_stands_still_is_shown_live_and_taken_back() {
        assets.standStillBefore("hold");
        try {
            handsOver("cutover");
            await().atMost(SOON).until(assets::standsStill);
            console.page().locator("#do-abort").waitFor();
            Judge.keepsNobodyOut(console.page());
            Judge.pictures(console.page(), "console-feature-moving");
            console.press("#do-abort");
        } finally {
            assets.goOn();
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(console.text("#outcome")).endsWith(": aborted"));
        assertThat(assets.owner()).isEqualTo("monolith");
        console.open("/console/audit");
        assertThat(console.text("main")).contains("abort", "cutover", "keyboard");
    }
}
