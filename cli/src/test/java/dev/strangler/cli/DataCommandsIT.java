package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.HttpStandIn.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the commands about data answer scripts. */
class DataCommandsIT {

    @TempDir
    Path directory;

    private CommandLines strangler;

    @BeforeEach
    void haveToken() {
        strangler = new CommandLines(directory);
        strangler.environment.put("STRANGLER_TOKEN", "secret");
    }

    @Test
    void verify_ends_with_0_when_all_are_alike() throws IOException {
        try (var control = verified("\"proof\": {\"verdict\": \"EQUAL\", \"rows\": 5}")) {
            assertThat(strangler.run("verify", "assets")).isEqualTo(0);
            assertThat(strangler.out()).isEqualTo("assets: proven equal (5 rows)\n");
            assertThat(control.requests().get(0).method()).isEqualTo("POST");
            assertThat(control.requests().get(0).body()).contains("\"repair\":false");
        }
    }

    @Test
    void verify_ends_with_1_when_some_differ_and_with_5_when_some_were_under_way() throws IOException {
        try (var control = verified("\"proof\": {\"verdict\": \"DIFFERENT\", \"rows\": 5, \"discrepancies\": 2}")) {
            assertThat(strangler.run("verify", "assets", "--repair", "--json")).isEqualTo(1);
            assertThat(strangler.json().path("proof").path("discrepancies").asInt())
                    .isEqualTo(2);
            assertThat(control.requests().get(0).body()).contains("\"repair\":true");
        }
        try (var control = verified("\"proof\": {\"verdict\": \"UNSETTLED\", \"inFlight\": 1}")) {
            assertThat(strangler.run("verify", "assets")).isEqualTo(5);
            assertThat(control.requests()).isNotEmpty();
        }
    }

    @Test
    void a_comparison_that_came_to_nothing_ends_with_1_and_its_reason() throws IOException {
        try (var control = control(new Answer(200, "{\"state\": \"FAILED\", \"trouble\": \"There is no view.\"}"))) {
            assertThat(strangler.run("verify", "assets")).isEqualTo(1);
            assertThat(strangler.err()).contains("There is no view.");
            assertThat(control.requests()).isNotEmpty();
        }
    }

    @Test
    void backfill_waits_until_it_is_done_and_says_why_it_failed() throws IOException {
        try (var control = control(new Answer(200, "{\"state\": \"DONE\", \"appended\": 12, \"total\": 12}"))) {
            assertThat(strangler.run("backfill", "assets")).isEqualTo(0);
            assertThat(strangler.out()).isEqualTo("assets: done, 12 rows\n");
            assertThat(control.requests()).isNotEmpty();
        }
        try (var control = control(new Answer(
                200, "{\"state\": \"FAILED\", \"appended\": 3, \"total\": 12, \"trouble\": \"assets is fenced.\"}"))) {
            assertThat(strangler.run("backfill", "assets")).isEqualTo(1);
            assertThat(strangler.err()).contains("assets is fenced.").contains("goes on where it was");
            assertThat(control.requests()).isNotEmpty();
        }
    }

    @Test
    void shadow_asks_for_a_share_or_shows_what_differed() throws IOException {
        try (var control = control(new Answer(200, "{\"changed\": true, \"stragglers\": []}"))) {
            assertThat(strangler.run("shadow", "assets", "--percent", "10")).isEqualTo(0);
            assertThat(control.requests().get(0).body()).contains("\"percent\":10");
            assertThat(strangler.run("shadow", "assets", "--percent", "101")).isEqualTo(2);
            assertThat(control.requests()).hasSize(1);
        }
        try (var control = control(new Answer(200, """
                {"since": 2, "endpoints": [{"name": "GET /api/assets", "fields": {"total": 3},
                  "tally": {"compared": 9, "equal": 5, "late": 1, "differed": 3, "failed": 0, "dropped": 0},
                  "samples": [{"field": "total", "request": "GET /api/assets", "control": "7", "candidate": "6"}]}]}"""))) {
            assertThat(strangler.run("shadow", "assets")).isEqualTo(0);
            assertThat(strangler.out())
                    .contains("GET /api/assets  9         5      1     3         total 3")
                    .contains("GET /api/assets total: monolith 7, service 6");
            assertThat(control.requests().get(0).method()).isEqualTo("GET");
        }
    }

    private HttpStandIn verified(String proof) throws IOException {
        return control(new Answer(200, "{\"state\": \"DONE\", " + proof + "}"));
    }

    private HttpStandIn control(Answer answer) throws IOException {
        var control = new HttpStandIn(request -> answer);
        strangler.environment.put("STRANGLER_CONTROL_URL", control.uri().toString());
        return control;
    }
}
