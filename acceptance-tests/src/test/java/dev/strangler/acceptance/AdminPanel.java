package dev.strangler.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shop's admin panel in one tab, worked as people work it. Notes what went wrong in it without a word on the page. */
final class AdminPanel {

    /** A whole handover may lie between an act and its end, on a machine that has much else to do. */
    private static final double PATIENCE_MILLIS = 120_000;

    private static final String ALARMS =
            ".notice.failed, #uploads [data-state=failed], #uploads [data-state=refused], main .failed, .summary:not([hidden])";

    private final Page page;
    private final URI shop;
    private final List<String> failures = new ArrayList<>();
    private int visits;

    AdminPanel(BrowserContext visitor, URI shop) {
        this.page = visitor.newPage();
        this.shop = shop;
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(failures::add);
        page.onConsoleMessage(message -> {
            // A refused request is the browser's news too; what the panel makes of it is seen on the page.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                failures.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            if (!dialog.type().equals("beforeunload")) {
                failures.add("A script has run: " + dialog.message());
            }
            dialog.accept();
        });
    }

    Page page() {
        return page;
    }

    /** Scripts that failed or that should not have run, and what the policy refused. */
    List<String> failures() {
        return failures;
    }

    /** Loads the panel anew, at that place. */
    void open(String place) {
        page.navigate(shop.resolve("/admin/?" + ++visits) + "#/" + place);
        page.locator("h1").first().waitFor();
    }

    /** Goes to that place as a link does: what the panel has in mind stays. */
    void go(String place) {
        page.evaluate("place => { location.hash = place; }", "#/" + place);
    }

    /** What is said beside the page stays until it is dismissed, however slow the machine is; until the panel is loaded anew. */
    void keepNotices() {
        page.evaluate("""
                (later => { window.setTimeout = (act, pause) => later(act, pause >= 8_000 ? 3_600_000 : pause); })(window.setTimeout)""");
    }

    void upload(FilePayload... files) {
        page.getByLabel("Upload pictures").setInputFiles(files);
    }

    /** Drops them there, as a hand does with the mouse. */
    void drop(String onto, FilePayload... files) {
        var dropped = Stream.of(files)
                .map(file -> Map.of(
                        "name", file.name,
                        "type", file.mimeType,
                        "bytes", Base64.getEncoder().encodeToString(file.buffer)))
                .toList();
        page.locator(onto).first().evaluate("""
                (target, files) => {
                  const transfer = new DataTransfer();
                  for (const { name, type, bytes } of files) {
                    transfer.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name, { type }));
                  }
                  for (const event of ['dragover', 'drop']) {
                    target.dispatchEvent(new DragEvent(event, { dataTransfer: transfer, bubbles: true, cancelable: true }));
                  }
                }""", dropped);
    }

    /** The same in the dialog where pictures are chosen for a product. */
    void uploadInDialog(FilePayload... files) {
        page.getByLabel("Or upload new ones").setInputFiles(files);
    }

    static FilePayload png(String name, long seed) {
        return new FilePayload(name, "image/png", Pictures.png(seed));
    }

    /** The line of the uploads that says how all stand. */
    void awaitUploads(String summary) {
        page.locator("#uploads-summary", new Page.LocatorOptions().setHasText(summary))
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
    }

    void look(String words) {
        var search = page.getByRole(AriaRole.SEARCHBOX).first();
        search.fill(words);
    }

    void awaitPictures(int count) {
        page.waitForFunction("count => document.querySelectorAll('.grid > li').length === count", count);
    }

    void awaitPicture(String name) {
        page.locator(".grid")
                .getByTitle(name, new Locator.GetByTitleOptions().setExact(true))
                .waitFor();
    }

    void press(String button) {
        button(button).click();
    }

    void awaitButton(String name) {
        button(name).waitFor();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void press(Pattern button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    /** A button of the dialog that is open. */
    void answer(String button) {
        page.locator("dialog")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** Ticks the pictures of those names in the list; looks for those that it does not show. */
    void choose(String... names) {
        for (var name : names) {
            if (page.getByRole(
                                    AriaRole.CHECKBOX,
                                    new Page.GetByRoleOptions().setName(name).setExact(true))
                            .count()
                    == 0) {
                look(name);
            }
            page.getByRole(
                            AriaRole.CHECKBOX,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .check();
        }
    }

    /** Takes those pictures in the dialog of the product that is open. */
    void pick(String words, String... names) {
        press("Choose pictures…");
        page.locator("dialog").getByRole(AriaRole.SEARCHBOX).fill(words);
        for (var name : names) {
            page.locator("dialog .grid > li", new Page.LocatorOptions().setHas(page.getByTitle(name)))
                    .getByRole(AriaRole.CHECKBOX)
                    .check();
        }
        press(Pattern.compile("^Add \\d+ pictures?$"));
    }

    /** The picture in whose item of a list the keyboard is. */
    @Nullable
    String placeOfTheFocus() {
        return (String) page.evaluate("() => document.activeElement.closest('[data-id]')?.dataset.id ?? null");
    }

    void type(String field, String text) {
        page.locator("form")
                .getByLabel(field, new Locator.GetByLabelOptions().setExact(true))
                .fill(text);
    }

    String typed(String field) {
        return page.locator("form")
                .getByLabel(field, new Locator.GetByLabelOptions().setExact(true))
                .inputValue();
    }

    /** Has such reads answered like that, as the shop would at another time. */
    void pretend(Predicate<String> addresses, String json) {
        page.route(
                addresses,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(json)));
    }

    /** Holds what is sent to such addresses, the rest of the shop answers; what it returns lets it go. */
    Runnable hold(String addresses) {
        var held = new ArrayList<Route>();
        page.route(addresses, held::add);
        return () -> {
            page.waitForCondition(() -> !held.isEmpty());
            held.forEach(Route::resume);
            page.unroute(addresses);
        };
    }

    void awaitText(String text) {
        page.getByText(text)
                .filter(new Locator.FilterOptions().setVisible(true))
                .first()
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
    }

    boolean shows(String text) {
        return page.getByText(text).count() > 0;
    }

    /** The banner that says that changes wait. */
    void awaitWaiting() {
        page.locator("#waiting").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
    }

    void awaitNoWaiting() {
        page.locator("#waiting")
                .waitFor(new Locator.WaitForOptions()
                        .setState(WaitForSelectorState.HIDDEN)
                        .setTimeout(PATIENCE_MILLIS));
    }

    /** Has it judged as it stands; what it says beside the page for some seconds is looked at first and put away, since it comes and goes. */
    void judge(String name) {
        if (page.locator("#notices .notice").count() > 0) {
            Judge.keepsNobodyOut(page);
            page.evaluate(
                    "document.querySelectorAll('.notice:not(.failed) > button:last-child').forEach(one => one.click())");
        }
        Judge.page(page, name);
    }

    /** What it says has failed for good. */
    List<String> alarms() {
        return page.locator(ALARMS).allInnerTexts();
    }

    /** Whatever it says from now on has failed is kept, however short it is shown; until the panel is loaded anew. */
    void watch() {
        page.evaluate("""
                alarms => {
                  window.seenAlarms = [];
                  new MutationObserver(() => document.querySelectorAll(alarms).forEach(one => window.seenAlarms.push(one.innerText)))
                    .observe(document.body, { attributes: true, childList: true, subtree: true });
                }""", ALARMS);
    }

    /** What it has said since it is watched. */
    List<?> seenAlarms() {
        return (List<?>) page.evaluate("window.seenAlarms");
    }
}
