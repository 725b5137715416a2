package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Judges a page as it stands, without loading it anew: whether anybody is kept out, whether all of it can be read on small screens and when it is enlarged,
 * and whether a keyboard's focus is seen; in light and in dark colours. Keeps pictures of it.
 */
final class Judge {

    /** Where pictures of pages are kept. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** The narrowest screen on which everything must be usable; so is a window of 1280 pixels at 400 %. */
    static final int NARROW = 320;

    /** What a desktop's window has left at 200 %. */
    static final int ENLARGED = Browser.DESKTOP / 2;

    /** The only thing about dark colours that the same page in light ones doesn't tell. */
    private static final List<String> OF_COLOURS = List.of("color-contrast");

    private static final String AXE = resource(AxeBuilder.class, "/axe.min.js");
    private static final String BARRIERS = resource(Judge.class, "barriers.js");
    private static final String UNREADABLE = resource(Judge.class, "unreadable.js");
    private static final String UNSEEN_FOCUS = resource(Judge.class, "unseen-focus.js");

    private Judge() {}

    /** All of it; leaves the page at a desktop's width, in light colours, with the focus somewhere else. */
    static void page(Page page, String name) {
        keepsNobodyOut(page);
        picture(page, name + "-" + Browser.DESKTOP);
        at(page, NARROW, Browser.HEIGHT, () -> {
            canBeRead(page);
            picture(page, name + "-" + NARROW);
        });
        at(page, ENLARGED, Browser.HEIGHT / 2, () -> {
            canBeRead(page);
            showsTheFocus(page);
            picture(page, name + "-enlarged");
        });
        inTheDark(page, () -> {
            keepsNobodyOut(page, OF_COLOURS);
            showsTheFocus(page);
            picture(page, name + "-dark-" + Browser.DESKTOP);
        });
    }

    /** Pictures of the whole page, at a desktop's width and at the narrowest; leaves it at a desktop's. */
    static void pictures(Page page, String name) {
        picture(page, name + "-" + Browser.DESKTOP);
        at(page, NARROW, Browser.HEIGHT, () -> picture(page, name + "-" + NARROW));
    }

    /** Nothing on the page, as it stands, keeps anybody out seriously. */
    static void keepsNobodyOut(Page page) {
        keepsNobodyOut(page, List.of());
    }

    private static void keepsNobodyOut(Page page, List<String> onlyRules) {
        if ((boolean) page.evaluate("window.axe === undefined")) {
            page.evaluate(AXE);
        }
        assertThat((List<?>) page.evaluate(BARRIERS, onlyRules))
                .as("barriers on %s", page.url())
                .isEmpty();
    }

    /** All of the page can be read without scrolling sideways, as wide as it is. */
    static void canBeRead(Page page) {
        assertThat((List<?>) page.evaluate(UNREADABLE))
                .as("what can't be read on %s at %d pixels", page.url(), page.viewportSize().width)
                .isEmpty();
    }

    /** Whatever takes the focus of a keyboard shows that, and is in sight. */
    static void showsTheFocus(Page page) {
        page.keyboard().press("Tab");
        assertThat((List<?>) page.evaluate(UNSEEN_FOCUS))
                .as("focus that nobody sees on %s at %d pixels", page.url(), page.viewportSize().width)
                .isEmpty();
    }

    private static void at(Page page, int width, int height, Runnable look) {
        page.setViewportSize(width, height);
        try {
            look.run();
        } finally {
            page.setViewportSize(Browser.DESKTOP, Browser.HEIGHT);
        }
    }

    private static void inTheDark(Page page, Runnable look) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        try {
            look.run();
        } finally {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static String resource(Class<?> beside, String name) {
        try (var script = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
