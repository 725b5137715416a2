package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

/** What the tests of pages rely on: the checks find what they are to find. */
class BrowserIT {

    @Test
    void finds_barriers_and_pages_that_are_too_wide() {
        try (var browser = Browser.open();
                var visitor = browser.visitor(ColorScheme.LIGHT)) {
            var page = visitor.newPage();
            page.setContent("<!doctype html><html lang=en><title>Plain</title><main><h1>Plain</h1><p>Text</p></main>");
            Browser.keepsNobodyOut(page);
            Browser.fitsNarrowScreens(page);

            page.setContent("<!doctype html><html lang=en><title>Bad</title><main><h1>Bad</h1><img src='data:,'>"
                    + "<p style='width: 900px'>Wide</p></main>");
            assertThatThrownBy(() -> Browser.keepsNobodyOut(page)).hasMessageContaining("image-alt");
            assertThatThrownBy(() -> Browser.fitsNarrowScreens(page)).hasMessageContaining("pixels");
            assertThat(page.viewportSize().width).isEqualTo(Browser.DESKTOP);
        }
    }
}
