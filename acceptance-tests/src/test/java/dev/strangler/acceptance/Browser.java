package dev.strangler.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser: the one that is installed, never one that is fetched. It belongs to the thread that opened it; whatever else is to happen meanwhile needs
 * another one, or no browser.
 */
final class Browser implements AutoCloseable {

    static final int DESKTOP = 1280;
    static final int HEIGHT = 900;

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final double LIMIT_MILLIS = 60_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Opens it; where none is installed the calling test is skipped, and a line says so. */
    static Browser open() {
        var executable = executable();
        if (executable.isEmpty()) {
            var skipped =
                    "SKIPPED, NOT PASSED: no browser is installed (%s on the PATH). Install chromium.".formatted(NAMES);
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options = new BrowserType.LaunchOptions()
                .setExecutablePath(executable.orElseThrow())
                // Root may not use the sandbox, and the pages are our own.
                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
        return new Browser(playwright, playwright.chromium().launch(options));
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A visitor of its own, with its own cookies; nothing moves, so that pictures are alike each time. */
    BrowserContext visitor(ColorScheme colours) {
        var visitor = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(DESKTOP, HEIGHT)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
        visitor.setDefaultTimeout(LIMIT_MILLIS);
        visitor.setDefaultNavigationTimeout(LIMIT_MILLIS);
        return visitor;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
