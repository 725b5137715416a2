package dev.strangler.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import java.net.URI;
import java.util.List;

/** An operator at the console who has no mouse: finds things by the Tab key, fills them in by typing, and sends them with Enter. */
record ConsolePages(Page page, URI base) {

    private static final int MOST_TABS = 200;

    /** Logs in as a switcher. */
    static ConsolePages logIn(BrowserContext visitor, URI base, String token) {
        var pages = new ConsolePages(visitor.newPage(), base);
        pages.open("/console/log-in");
        pages.type("input[name=who]", "keyboard");
        pages.type("input[name=token]", token);
        pages.page().keyboard().press("Enter");
        pages.page().waitForURL("**/console");
        return pages;
    }

    /** Pages keep a connection open for news, so waiting for silence would take for ever. Behind a place named by {@code #}, Tab goes on from there. */
    void open(String path) {
        // To another place of the same page a browser only jumps; it is to be loaded anew.
        page.navigate("about:blank");
        page.navigate(
                base.resolve(path).toString(),
                new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    }

    /** Gives the focus to it, by the Tab key alone. */
    void reach(String selector) {
        for (var tabs = 0; tabs < MOST_TABS; tabs++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", selector)) {
                return;
            }
        }
        throw new AssertionError(
                "Nobody gets to %s with %d presses of Tab on %s.".formatted(selector, MOST_TABS, page.url()));
    }

    /** Replaces what stands there. */
    void type(String selector, String text) {
        reach(selector);
        page.keyboard().press("Control+A");
        page.keyboard().type(text);
    }

    /** Presses it, and waits for the page that follows. */
    void press(String selector) {
        reach(selector);
        page.waitForNavigation(
                new Page.WaitForNavigationOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED),
                () -> page.keyboard().press("Enter"));
    }

    /** Clicks as slowly as people do: the button is held while that part of the page is looked at again. Waits for the page that follows. */
    void clicksThroughALook(String selector, String part) {
        var button = page.locator(selector);
        button.scrollIntoViewIfNeeded();
        page.evaluate("""
                part => {
                  window.looks = 0
                  document.addEventListener('htmx:afterSwap', event => { window.looks += event.target.id === part })
                }""", part);
        button.hover();
        page.mouse().down();
        page.waitForFunction("() => window.looks > 0");
        page.waitForNavigation(
                new Page.WaitForNavigationOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED),
                () -> page.mouse().up());
    }

    /** Asks every gate of a handover; answers the names of those that say no. */
    List<String> plan(String verb, String feature) {
        open("/console/features/" + feature + "#preflight");
        press(verb.equals("cutover") ? "#do-plan" : "#do-plan-back");
        return page.locator(".gates tr:has(.mark.bad) > td:nth-child(2)").allTextContents();
    }

    /**
     * Hands the writes over as the page offers it: passes the gates that said no, names the feature, and presses the button.
     *
     * @return what came of it, as the page tells
     */
    String handOver(String verb, String feature, String why, List<String> waived) {
        open("/console/features/" + feature + "#handover");
        for (var gate : waived) {
            reach("#waive-" + gate);
            page.keyboard().press("Space");
        }
        type("#why-" + verb, why);
        type("#confirm-" + verb, feature);
        press("#do-" + verb);
        return said();
    }

    /** Asks for an act that stands at that place of the page, and wants nothing but the feature's name, if that. */
    void does(String feature, String place, String act) {
        open("/console/features/" + feature + "#" + place);
        if (page.locator("#confirm-" + act).count() > 0) {
            type("#confirm-" + act, feature);
        }
        press("#do-" + act);
    }

    /** Whether an act stands on the feature's page as things are now. */
    boolean offers(String feature, String act) {
        open("/console/features/" + feature);
        return page.locator("#do-" + act).count() > 0;
    }

    /** Whether the way out of the monolith shows that this is done, when it is looked at anew. */
    boolean isDone(String feature, String station) {
        open("/console/features/" + feature);
        return page.locator("#standing .rail li.done", new Page.LocatorOptions().setHasText(station))
                        .count()
                > 0;
    }

    /** What came of the last act, as the page tells. */
    String said() {
        return text(".said-place .said");
    }

    String text(String selector) {
        return page.locator(selector).first().textContent();
    }
}
