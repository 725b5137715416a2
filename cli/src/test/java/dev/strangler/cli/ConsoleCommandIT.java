package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.HttpStandIn.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code console}: where the console is, and what to hand out for it. */
class ConsoleCommandIT {

    private static final String WAYS = """
            {"path":"/console","tokens":{"viewer":"looks-only","operator":"may-stop"}}""";

    @TempDir
    Path directory;

    private CommandLines strangler;

    @BeforeEach
    void haveToken() {
        strangler = new CommandLines(directory);
        strangler.environment.put("STRANGLER_TOKEN", "secret");
    }

    @Test
    void it_says_where_the_console_is_and_a_token_for_each_role_but_never_that_of_the_api() throws IOException {
        try (var control = control(new Answer(200, WAYS))) {
            assertThat(strangler.run("console")).isEqualTo(0);
            assertThat(strangler.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                    .containsExactly(
                            control.uri() + "/console",
                            "ROLE TOKEN",
                            "viewer looks-only",
                            "operator may-stop",
                            "switcher the token of the control API");
            assertThat(strangler.out()).doesNotContain("secret");
            assertThat(control.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/control/console");
                assertThat(request.header("Authorization")).isEqualTo("Bearer secret");
            });
        }
    }

    @Test
    void as_json_it_is_printed_as_it_came() throws IOException {
        try (var control = control(new Answer(200, WAYS))) {
            assertThat(strangler.run("console", "--json")).isEqualTo(0);
            assertThat(strangler.json().path("path").asString()).isEqualTo("/console");
            assertThat(strangler.json().path("tokens").path("operator").asString())
                    .isEqualTo("may-stop");
            assertThat(control.requests()).hasSize(1);
        }
    }

    @Test
    void whoever_has_another_token_gets_none() throws IOException {
        try (var control =
                control(new Answer(401, "{\"detail\":\"The control API answers nobody without its token.\"}"))) {
            assertThat(strangler.run("console")).isEqualTo(1);
            assertThat(strangler.err()).contains("does not accept the token (401)");
            assertThat(strangler.out()).isEmpty();
            assertThat(control.requests()).hasSize(1);
        }
    }

    private HttpStandIn control(Answer answer) throws IOException {
        var control = new HttpStandIn(request -> answer);
        strangler.environment.put("STRANGLER_CONTROL_URL", control.uri().toString());
        return control;
    }
}
