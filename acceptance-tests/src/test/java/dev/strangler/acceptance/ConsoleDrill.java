package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
    private static final Duration POLL = Duration.ofMillis(50);
    /** Other drills have writes refused on purpose; the gate remembers that for an hour. */
    private static final List<String> KNOWN = List.of("refused-writes");

    private static final String HOSTILE =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    /** As long as a tag may be. */
    private static final List<String> HOSTILE_TAGS =
            List.of("<img src=x onerror=document.title='owned'>", "<script>document.title='owned'</script>");

    private Browser browser;
    private RunningShop shop;
    private MovingFeature assets;
    private ConsolePages console;

    /** Without a browser nothing is started at all. */
    @BeforeAll
    void nothingIsInTheWay() {
        browser = Browser.open();
        shop = RunningShop.shared();
        assets = new MovingFeature(shop, "assets");
        console = ConsolePages.logIn(browser.visitor(ColorScheme.LIGHT), shop.console(), shop.consoleToken());
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

    /** What another drill has done already is not done again. */
    @Test
    @Order(1)
    void a_feature_is_made_ready_by_keyboard_alone() {
        if (assets.isFree()) {
            return;
        }
        // Keys can be removed once; another drill may have done so, and have taken its reads back.
        console.does("assets", "preflight", console.offers("assets", "remove-keys") ? "remove-keys" : "prepare");
        assertThat(console.said()).contains("'assets' is prepared: nothing is in the way.");
        console.does("assets", "parity", "backfill");
        awaitDone("backfill");
        console.does("assets", "parity", "verify");
        awaitDone("verify");
        console.open("/console/features/assets#route");
        console.type("#percent-reads", "100");
        console.press("#do-reads");
        assertThat(console.said()).contains("The service answers 100 % of the clients of 'assets'");
    }

    private void awaitDone(String station) {
        await().atMost(SOON).pollInterval(POLL).until(() -> console.isDone("assets", station));
    }

    @Test
    @Order(2)
    void writes_go_over_and_come_back_by_keyboard_alone_while_another_browser_uploads_in_the_panel() throws Exception {
        var run = "console" + UUID.randomUUID().toString().substring(0, 6);
        var photographer =
                new Photographer(shop.address(), run, UUID.randomUUID().getMostSignificantBits());
        var thread = Executors.newSingleThreadExecutor();
        try {
            var uploads = thread.submit(photographer);
            for (var move : List.of("cutover service", "back monolith")) {
                var arrived = photographer.arrived();
                await().atMost(SOON)
                        .pollInterval(POLL)
                        .until(() -> photographer.arrived() > arrived || uploads.isDone());
                movesTo(move.split(" ")[0], move.split(" ")[1]);
            }
            var arrived = photographer.arrived();
            await().atMost(SOON).pollInterval(POLL).until(() -> photographer.arrived() > arrived || uploads.isDone());
            photographer.stop();
            var names = uploads.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(names).hasSizeGreaterThan(8).doesNotHaveDuplicates();
            assertThat(fileNames(shop.client(), run)).isEqualTo(new TreeSet<>(names));
            for (var side : List.of("monolith", "dam")) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(fileNames(shop.directly(side), run))
                                .as("at the %s", side)
                                .isEqualTo(new TreeSet<>(names)));
            }
        } finally {
            photographer.stop();
            thread.shutdownNow();
        }
    }

    /** Of the pictures whose names begin so, as that one answers; each of them once. */
    private static TreeSet<String> fileNames(Client client, String begin) {
        var names = new TreeSet<String>();
        var total = 1;
        for (var page = 0; page * 100 < total; page++) {
            var list = client.read("/api/assets?query=%s&size=100&page=%d".formatted(begin, page));
            total = list.path("total").asInt();
            list.path("items")
                    .forEach(item -> assertThat(names.add(item.path("fileName").asString()))
                            .as("%s once", item)
                            .isTrue());
        }
        return names;
    }

    private void movesTo(String verb, String owner) {
        handsOver(verb);
        await().atMost(SOON)
                .pollInterval(POLL)
                .untilAsserted(
                        () -> assertThat(newest().path("outcome").asString()).isEqualTo("DONE"));
        var journal = newest();
        assertThat(journal.path("who").asString()).isEqualTo("keyboard");
        assertThat(journal.path("why").asString()).isEqualTo("drill, by keyboard");
        assertThat(assets.owner()).isEqualTo(owner);
        await().atMost(SOON)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(console.text("#outcome"))
                        .endsWith("epoch %d: done"
                                .formatted(journal.path("toEpoch").asLong())));
        var gap = Duration.between(noted(journal, "fencedAt"), noted(journal, "releasedAt"))
                .toMillis();
        assertThat(console.text("#gap")).isEqualTo("%,d ms".formatted(gap));
        assertThat(console.page().locator("#gap").getAttribute("data-millis")).isEqualTo(String.valueOf(gap));
        // By itself the page offers what can be done now, and no longer what could be done meanwhile.
        console.page()
                .locator(verb.equals("cutover") ? "#act-back" : "#act-cutover")
                .waitFor();
        assertThat(console.page().locator("#act-resume").count()).isZero();
        Judge.pictures(console.page(), "console-feature-after-" + verb);
    }

    /** The last moment of that name in the journal of an operation. */
    private static Instant noted(JsonNode operation, String name) {
        return operation
                .path("steps")
                .valueStream()
                .map(step -> step.path("notes").path(name))
                .filter(JsonNode::isString)
                .map(at -> Instant.parse(at.asString()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("No " + name + " in " + operation));
    }

    /** A gate may say no on a busy machine; an operator waits then, and asks again. */
    private void handsOver(String verb) {
        await().atMost(SOON).pollInterval(POLL).untilAsserted(() -> {
            var refused = console.plan(verb, "assets");
            assertThat(refused).isSubsetOf(KNOWN);
            assertThat(console.handOver(verb, "assets", "drill, by keyboard", refused))
                    .doesNotContain("Plan refused");
        });
    }

    /** Whoever was refused is sent back to where he asked, and sees and hears there why. */
    @Test
    @Order(2)
    void a_refusal_is_in_sight_and_has_the_focus() {
        console.open("/console/features/assets#handover");
        console.type("#confirm-cutover", "something else");
        console.press("#do-cutover");
        assertThat(console.said()).contains("is done only once the feature is named");
        console.page().waitForFunction("() => document.activeElement.matches('.said-place .said')");
        assertThat((boolean) console.page().evaluate("""
                () => {
                  const edge = document.activeElement.getBoundingClientRect()
                  return edge.top >= 0 && edge.bottom <= innerHeight
                }""")).isTrue();
        assertThat(assets.owner()).isEqualTo("monolith");
    }

    private JsonNode newest() {
        return shop.control()
                .get("/control/features/assets/operations")
                .path("items")
                .path(0);
    }

    @Test
    @Order(3)
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
                        Map.of("tags", HOSTILE_TAGS))
                .expecting(200);
        for (var percent : List.of(99, 100)) {
            shop.control()
                    .post("/control/features/assets/reads", Map.of("service", percent, "who", HOSTILE, "why", HOSTILE));
        }
        var page = console.page();
        await().atMost(SOON).untilAsserted(() -> {
            console.open("/console/events?topic=assets.v1&key=" + id);
            assertThat(page.locator("details.record pre").allTextContents())
                    .anySatisfy(payload -> assertThat(payload).contains(HOSTILE_TAGS));
        });
        page.locator("details.record > summary").first().press("Enter");
        isInert(page);
        Judge.page(page, "console-events");
        for (var place : List.of("/console/features/assets", "/console/audit")) {
            console.open(place);
            assertThat(console.text("main")).contains("onerror");
            isInert(page);
        }
    }

    @Test
    @Order(3)
    void a_route_that_somebody_else_moves_is_shown_without_loading_the_page_anew() {
        console.open("/console/features/assets#route");
        var version = console.page().locator("#act-reads input[name=version]").getAttribute("value");
        try {
            shop.control().post("/control/features/assets/reads", Map.of("service", 98, "who", "somebody else"));
            await().atMost(SOON)
                    .pollInterval(POLL)
                    .untilAsserted(
                            () -> assertThat(console.text("#route-facts")).contains("98 % of clients"));
            assertThat(console.page().locator("#act-reads input[name=version]").getAttribute("value"))
                    .as("the form is still about the route that its operator saw")
                    .isEqualTo(version);
        } finally {
            shop.control().post("/control/features/assets/reads", Map.of("service", 100, "who", "somebody else"));
        }
    }

    private static void isInert(Page page) {
        assertThat(page.title()).endsWith("Strangler console");
        assertThat(page.locator("script:not([src])").count()).isZero();
        assertThat(page.locator("main img").count()).isZero();
    }

    @Test
    @Order(4)
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
        console.open("/console/audit");
        Judge.page(console.page(), "console-audit");
        console.open("/console/features/nothing");
        Judge.page(console.page(), "console-problem");
    }

    @Test
    @Order(5)
    void a_handover_that_stands_still_is_shown_live_and_taken_back() {
        var onlooker = new ConsolePages(console.page().context().newPage(), shop.console());
        assets.standStillBefore("hold");
        try {
            handsOver("cutover");
            await().atMost(SOON).pollInterval(POLL).until(assets::standsStill);
            console.page().locator("#do-abort").waitFor();
            onlooker.open("/console/features/assets");
            assertThat(onlooker.text("#outcome")).endsWith(": running");
            // It goes on by itself after some seconds: no time for all of it.
            Judge.keepsNobodyOut(console.page());
            Judge.pictures(console.page(), "console-feature-moving");
            console.clicksThroughALook("#do-abort", "handover-live");
        } finally {
            assets.goOn();
        }
        await().atMost(SOON)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(console.text("#outcome")).endsWith(": aborted"));
        await().atMost(SOON)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(onlooker.text("#handover-said")).endsWith(": aborted"));
        onlooker.page().close();
        assertThat(assets.owner()).isEqualTo("monolith");
        console.open("/console/audit");
        assertThat(console.text("main")).contains("abort", "cutover", "keyboard");
    }
}
