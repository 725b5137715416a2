package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Judges states of the console that a whole shop gets into rarely, by the pages that the façade's tests have kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesDrill {

    private static final Path PAGES = Path.of("..", "facade", "target", "pages");

    private List<Path> pages = List.of();
    private Browser browser;
    private BrowserContext visitor;

    /** Without pages or a browser nothing is judged, and a line says so. */
    @BeforeAll
    void open() throws IOException {
        pages = pages();
        if (pages.isEmpty()) {
            var skipped = "SKIPPED, NOT PASSED: no pages in %s. Run the façade's tests first: mvn -pl facade -am test."
                    .formatted(PAGES);
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        browser = Browser.open();
        visitor = browser.visitor(ColorScheme.LIGHT);
    }

    private static List<Path> pages() throws IOException {
        if (!Files.isDirectory(PAGES)) {
            return List.of();
        }
        try (var kept = Files.list(PAGES)) {
            return kept.filter(page -> page.getFileName().toString().matches("judged-.*\\.html"))
                    .sorted()
                    .toList();
        }
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> keep_nobody_out() {
        return pages.stream().map(page -> DynamicTest.dynamicTest(name(page), () -> judge(page)));
    }

    /** With everything open that can be opened. */
    private void judge(Path kept) {
        try (var page = visitor.newPage()) {
            page.navigate(kept.toUri().toString());
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('.panel')).borderTopStyle"))
                    .as("whether %s has its style sheet", kept)
                    .isEqualTo("solid");
            Judge.page(page, "page-" + name(kept));
        }
    }

    private static String name(Path kept) {
        return kept.getFileName().toString().replace(".html", "").replace("judged-", "");
    }
}
