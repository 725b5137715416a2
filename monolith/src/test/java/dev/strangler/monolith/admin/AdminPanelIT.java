package dev.strangler.monolith.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.monolith.Browser.Answer;
import dev.strangler.monolith.RunningMonolith;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AdminPanelIT extends RunningMonolith {

    private static final Path FILES = Path.of("src/main/resources/admin");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    @Test
    void the_panel_is_at_its_address_with_or_without_a_slash() {
        var page = browser().get("/admin/").is(200);
        assertThat(page.text()).contains("<script type=\"module\" src=\"panel.js\"></script>");
        assertThat(browser().get("/admin").is(308).response().headers().allValues("Location"))
                .containsExactly("/admin/");
    }

    @Test
    void every_file_comes_as_what_it_is_and_runs_nothing_but_the_panels_own() throws IOException {
        for (var file : files()) {
            var answer = browser().get("/admin/" + file).is(200);
            assertThat(header(answer, "Content-Type"))
                    .as(file)
                    .startsWith(TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                    .contains("require-trusted-types-for 'script'; trusted-types 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Served-By")).isEqualTo("monolith");
        }
    }

    @Test
    void a_file_is_asked_for_anew_and_sent_only_if_it_has_changed() throws IOException {
        for (var file : files()) {
            var first = browser().get("/admin/" + file).is(200);
            assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
            assertThat(header(first, "Last-Modified"))
                    .as("all files of a jar bear one time")
                    .isEmpty();
            assertThat(browser()
                            .send(
                                    "GET",
                                    "/admin/" + file,
                                    BodyPublishers.noBody(),
                                    "If-None-Match",
                                    header(first, "ETag"))
                            .response()
                            .statusCode())
                    .isEqualTo(304);
        }
        assertThat(header(browser().get("/admin/panel.js"), "ETag"))
                .isNotEqualTo(header(browser().get("/admin/panel.css"), "ETag"));
    }

    @Test
    void nothing_else_is_a_file_and_nothing_is_written_here() {
        for (String path : List.of(
                "/admin/nothing.js",
                "/admin/../application.yml",
                "/admin/%2e%2e/application.yml",
                "/admin/..%2fapplication.yml",
                "/admin/./panel.js/../../application.yml",
                "/panel.js")) {
            assertThat(browser().get(path).response().statusCode()).as(path).isBetween(400, 404);
        }
        assertThat(browser().post("/admin/panel.js", "{}").response().statusCode())
                .isEqualTo(405);
        assertThat(browser().post("/admin/", "{}").response().statusCode()).isEqualTo(405);
    }

    /** What the policy forbids is not even there: a mistake would show in a browser only. */
    @Test
    void no_file_has_script_or_style_in_markup_or_makes_markup_of_text() throws IOException {
        var page = Files.readString(FILES.resolve("index.html"));
        assertThat(page).doesNotContain("<style").doesNotContainPattern("\\s(on[a-z]+|style)=");
        assertThat(Pattern.compile("<script[^>]*>[^<]").matcher(page).find()).isFalse();
        for (var file : files()) {
            if (file.endsWith(".js")) {
                assertThat(Files.readString(FILES.resolve(file)))
                        .as(file)
                        .doesNotContain(
                                "innerHTML",
                                "outerHTML",
                                "insertAdjacentHTML",
                                "document.write",
                                "eval(",
                                "http:",
                                "https:");
            }
        }
    }

    private static List<String> files() throws IOException {
        try (var files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String header(Answer answer, String name) {
        return String.join(" | ", answer.response().headers().allValues(name));
    }
}
