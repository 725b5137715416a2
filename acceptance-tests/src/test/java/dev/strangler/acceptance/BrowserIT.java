package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the tests of pages rely on: the judge finds what it is to find, and lets pass what is well made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserIT {

    private static final String STYLE = """
            <!doctype html><html lang=en><title>A page</title><meta name=color-scheme content='light dark'>
            <style>body, a { background: #fff; color: #111 }
            @media (prefers-color-scheme: dark) { body, a { background: #111; color: #eee } }
            :focus-visible { outline: 3px solid #767676 } .box { overflow: auto }
            .point { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }</style>""";

    private Browser browser;
    private BrowserContext visitor;
    private Page page;

    @BeforeAll
    void open() {
        browser = Browser.open();
        visitor = browser.visitor(ColorScheme.LIGHT);
        page = visitor.newPage();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void a_page_that_is_well_made_passes_and_stays_as_it_was() {
        show("""
                <h1>Plain</h1><p>Text <span class=point>for screen readers alone</span></p><a href='#there'>A link</a>
                <div class=box tabindex=0 role=region aria-label=Wide><p style='width: 900px'>Wide, but it scrolls</p></div>""");
        Judge.page(page, "well-made");
        assertThat(page.viewportSize().width).isEqualTo(Browser.DESKTOP);
        assertThat((boolean) page.evaluate("matchMedia('(prefers-color-scheme: light)').matches"))
                .isTrue();
        for (var picture : new String[] {"1280", "320", "enlarged", "dark-1280"}) {
            assertThat(Judge.SCREENSHOTS.resolve("well-made-" + picture + ".png"))
                    .isNotEmptyFile();
        }
    }

    @Test
    void barriers_are_found_and_those_of_dark_colours_too() {
        show("<h1>Bad</h1><img src='data:,'><a href='#there'>A link</a>");
        assertThatThrownBy(() -> Judge.page(page, "barrier")).hasMessageContaining("image-alt");

        show("""
                <style>@media (prefers-color-scheme: dark) { p { color: #222; background: #111 } }</style>
                <h1>Dark</h1><p>Nobody reads this at night</p><a href='#there'>A link</a>""");
        Judge.keepsNobodyOut(page);
        assertThatThrownBy(() -> Judge.page(page, "dark")).hasMessageContaining("color-contrast");
    }

    @Test
    void what_is_too_wide_or_cut_off_is_found() {
        show("<h1>Bad</h1><p style='width: 900px'>Wide</p><a href='#there'>A link</a>");
        assertThatThrownBy(() -> Judge.page(page, "wide")).hasMessageContaining("and has 320");

        show("<h1>Bad</h1><p style='width: 400px'>Wide</p><div style='width: 500px; overflow: hidden'>"
                + "<p style='white-space: nowrap'>%s</p></div>".formatted("A long line. ".repeat(9)));
        assertThatThrownBy(() -> Judge.canBeRead(page)).hasMessageContaining("is cut off by div");

        show("<h1>Bad</h1><p style='height: 8px; overflow: hidden'>Higher than its box</p>");
        assertThatThrownBy(() -> Judge.canBeRead(page)).hasMessageContaining("is cut off by p");
    }

    @Test
    void a_focus_that_nobody_sees_is_found() {
        show("<h1>Bad</h1><button style='outline: none'>A button</button>");
        assertThatThrownBy(() -> Judge.showsTheFocus(page)).hasMessageContaining("a ring of 0 px");

        show("<h1>Bad</h1><button style='outline-color: #eee'>A button</button>");
        assertThatThrownBy(() -> Judge.showsTheFocus(page)).hasMessageContaining("contrast of 1.2");

        show("<h1>Bad</h1><button>A button</button><div style='position: fixed; inset: 0; background: #fff'></div>");
        assertThatThrownBy(() -> Judge.showsTheFocus(page)).hasMessageContaining("is covered");

        show("<h1>Bad</h1>");
        assertThatThrownBy(() -> Judge.showsTheFocus(page)).hasMessageContaining("nothing takes the focus");
    }

    private void show(String main) {
        page.setContent(STYLE + "<main>" + main + "</main>");
    }
}
