package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files on their way into the shop, and what stands in it when they do not get there. */
class AdminPanelUploadsDrill extends WorkingInTheAdminPanel {

    private String name;
    private long seed;

    @BeforeEach
    void files_of_its_own() {
        name = "upload" + UUID.randomUUID().toString().substring(0, 8);
        seed = UUID.randomUUID().getMostSignificantBits();
        panel.open("pictures");
    }

    @Test
    void whoever_works_in_the_list_by_keyboard_stays_where_he_is_when_one_arrives() {
        var there = picture(name + ".png", seed);
        panel.look(name);
        panel.awaitPictures(1);
        var release = panel.hold("**/api/assets");
        panel.upload(AdminPanel.png(name + "-late.png", seed + 1));
        panel.page()
                .getByRole(
                        AriaRole.CHECKBOX,
                        new Page.GetByRoleOptions().setName(name + ".png").setExact(true))
                .focus();
        release.run();
        panel.awaitPictures(2);
        assertThat(panel.placeOfTheFocus()).isEqualTo(there);
    }

    @Test
    void files_are_dropped_and_a_folder_among_them_is_named_and_not_sent() {
        panel.page().evaluate("""
                () => {
                  DataTransferItem.prototype.webkitGetAsEntry = function () {
                    const file = this.getAsFile();
                    return { name: file.name, isDirectory: file.type === '' };
                  };
                }""");
        panel.page()
                .getByLabel("Tags for what is uploaded next", new Page.GetByLabelOptions().setExact(true))
                .fill(name + "-tag");
        panel.drop(
                "section.upload",
                AdminPanel.png(name + "-1.png", seed),
                new FilePayload(name + "-folder", "", new byte[0]),
                AdminPanel.png(name + "-2.png", seed + 1));
        panel.awaitUploads("2 of 2 files in the shop");
        assertThat(panel.alarms())
                .singleElement()
                .asString()
                .contains("Folders are not taken in: “" + name + "-folder”.");
        panel.drop("nav", AdminPanel.png(name + "-3.png", seed + 2));
        panel.awaitUploads("3 of 3 files in the shop");
        panel.press("Close");
        panel.look(name + "-tag");
        panel.awaitPictures(2);
        panel.look(name);
        panel.awaitPictures(3);
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_it_is_sent() {
        var sent = new AtomicInteger();
        panel.page().route("**/api/assets", route -> {
            sent.incrementAndGet();
            route.resume();
        });
        panel.page().evaluate("""
                name => {
                  const files = new DataTransfer();
                  files.items.add(new File([new Uint8Array(20 * 1024 * 1024 + 1)], name, { type: 'image/png' }));
                  const input = document.querySelector('section.upload input[type=file]');
                  input.files = files.files;
                  input.dispatchEvent(new Event('change', { bubbles: true }));
                }""", name + ".png");
        panel.awaitUploads("0 of 1 file in the shop, 1 not");
        assertThat(panel.alarms()).first().asString().contains("at most 20 MB are taken");
        assertThat(sent).hasValue(0);
    }

    @Test
    void what_was_refused_is_sent_once_more_when_somebody_says_so() {
        panel.page()
                .route(
                        "**/api/assets",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setStatus(422)
                                .setContentType("application/problem+json")
                                .setBody("{\"detail\":\"Not today.\"}")),
                        new Page.RouteOptions().setTimes(1));
        panel.upload(AdminPanel.png(name + ".png", seed));
        panel.awaitUploads("0 of 1 file in the shop, 1 not");
        panel.awaitText("refused: Not today.");
        panel.press("Retry " + name + ".png");
        panel.awaitUploads("1 of 1 file in the shop");
        panel.awaitPicture(name + ".png");
    }

    /** As a network does that wants somebody to log in first. */
    @Test
    void an_answer_that_is_not_the_shops_counts_as_none() {
        panel.page()
                .route(
                        "**/api/assets",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody("<h1>Welcome to this train</h1>")),
                        new Page.RouteOptions().setTimes(1));
        panel.upload(AdminPanel.png(name + ".png", seed));
        panel.awaitUploads("1 of 1 file in the shop");
        panel.awaitPicture(name + ".png");
        assertThat(panel.alarms()).isEmpty();
    }

    @Test
    void files_that_did_not_get_there_are_not_forgotten_without_a_word() {
        panel.upload(
                new FilePayload(name + ".png", "image/png", "no picture".getBytes(StandardCharsets.UTF_8)),
                AdminPanel.png(name + "-good.png", seed));
        panel.awaitUploads("1 of 2 files in the shop, 1 not");
        panel.press("Close");
        panel.awaitText("1 file did not get into the shop.");
        panel.judge("admin-uploads-closing");
        panel.answer("Cancel");
        assertThat(panel.page().locator("#uploads li[data-state=refused]").count())
                .isOne();
        panel.press("Close");
        panel.answer("Leave out");
        panel.page().locator("#uploads").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Test
    void nobody_is_kept_out_whatever_becomes_of_files() {
        var held = new ArrayList<Route>();
        var number = new AtomicInteger();
        panel.page().route("**/api/assets", route -> {
            switch (number.getAndIncrement()) {
                case 0 -> held.add(route);
                case 1 -> route.fulfill(new Route.FulfillOptions().setStatus(422));
                case 2 ->
                    route.fulfill(new Route.FulfillOptions().setStatus(503).setHeaders(Map.of("Retry-After", "60")));
                default -> route.resume();
            }
        });
        panel.upload(IntStream.range(0, 4)
                .mapToObj(one -> AdminPanel.png(name + "-" + one + ".png", seed + one))
                .toArray(FilePayload[]::new));
        for (var state : List.of("sending", "refused", "held", "done")) {
            panel.page()
                    .locator("#uploads li[data-state=" + state + "]")
                    .first()
                    .waitFor();
        }
        panel.judge("admin-uploads-states");
        held.forEach(Route::resume);
        panel.awaitUploads("2 of 4 files in the shop, 1 not");
    }
}
