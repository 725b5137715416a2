package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody who reads a page of the console while its parts are looked at again by themselves, or can't be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleReadingDrill {

    private static final String FEATURE = "/console/features/assets";
    private static final String WITHOUT_A_CLIPBOARD =
            "Object.defineProperty(navigator, 'clipboard', { value: undefined })";
    private static final String IS_SELECTED =
            "() => getSelection().toString() === document.getElementById('next-assets').textContent";

    private Browser browser;
    private MovingFeature assets;
    private ConsolePages loggedIn;
    private ConsolePages console;
    private Page page;

    /** Without a browser nothing is started at all. */
    @BeforeAll
    void logIn() {
        browser = Browser.open();
        var shop = RunningShop.shared();
        assets = new MovingFeature(shop, "assets");
        assets.isReady();
        loggedIn = ConsolePages.logIn(browser.visitor(ColorScheme.LIGHT), shop.console(), shop.consoleToken());
    }

    @BeforeEach
    void openAPage() {
        page = loggedIn.page().context().newPage();
        console = new ConsolePages(page, loggedIn.base());
    }

    @AfterEach
    void closeIt() {
        page.close();
    }

    @AfterAll
    void close() {
        if (assets != null) {
            assets.isHome();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void what_is_no_longer_answered_says_so_and_is_green_nowhere() {
        console.open("/console");
        page.locator("#cards .done > .dot").first().waitFor();
        page.context().setOffline(true);
        try {
            page.locator("#unanswered").waitFor();
            assertThat(console.text("#unanswered")).contains("does not answer since");
            assertThat((boolean) page.evaluate("""
                    () => {
                      const colour = selector => getComputedStyle(document.querySelector(selector)).color
                      return colour('#cards .done > .dot') === colour('#cards .fresh')
                    }""")).isTrue();
            Judge.page(page, "console-unanswered");
        } finally {
            page.context().setOffline(false);
        }
        page.locator("#unanswered").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** As on a page that came by plain HTTP from another machine. */
    @Test
    void a_command_that_can_t_be_copied_is_selected() {
        page.addInitScript(WITHOUT_A_CLIPBOARD);
        console.open(FEATURE);
        page.locator("#next-assets-copy").click();
        page.waitForFunction(IS_SELECTED);
    }

    @Test
    void a_button_that_is_being_pressed_is_not_replaced() {
        page.addInitScript(WITHOUT_A_CLIPBOARD);
        console.open(FEATURE);
        page.locator("#next-assets-copy").hover();
        page.mouse().down();
        looksAgainAt("standing");
        page.mouse().up();
        page.waitForFunction(IS_SELECTED);
    }

    /** Which takes the release of the button. */
    @Test
    void a_menu_that_was_opened_upon_a_part_keeps_it_from_nothing() {
        console.open(FEATURE);
        page.locator("#next-assets-copy").hover();
        page.mouse().down(new Mouse.DownOptions().setButton(MouseButton.RIGHT));
        page.evaluate("() => document.querySelector('#next-assets-copy').dataset.old = 'yes'");
        looksAgainAt("standing");
        assertThat(page.locator("[data-old]").count()).isZero();
    }

    @Test
    void what_was_opened_stays_open_while_it_is_looked_at_again() {
        page.route(
                "**/parts/shadow",
                asked -> asked.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<details id=samples-0><summary>Differed</summary><p>How</p></details>")));
        console.open(FEATURE);
        looksAgainAt("shadow-live");
        page.locator("#samples-0 > summary").click();
        looksAgainAt("shadow-live");
        assertThat((boolean) page.evaluate("document.getElementById('samples-0').open"))
                .isTrue();
    }

    /** Has that part asked for anew, and waits until whatever the answer changes has changed. */
    private void looksAgainAt(String part) {
        page.evaluate("""
                part => new Promise(done => {
                  document.getElementById(part).addEventListener('htmx:afterRequest', () => setTimeout(done), { once: true })
                  htmx.trigger('#' + part, 'sse:route')
                })""", part);
    }
}
