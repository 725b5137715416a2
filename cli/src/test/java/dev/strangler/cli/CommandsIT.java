package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.HttpStandIn.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** How the commands answer scripts: exit codes and JSON, whatever the other end does. */
class CommandsIT {

    @TempDir
    Path directory;

    private CommandLines strangler;

    @BeforeEach
    void haveToken() {
        strangler = new CommandLines(directory);
        strangler.environment.put("STRANGLER_TOKEN", "secret");
    }

    @Test
    void an_answer_ends_with_0_and_is_printed_as_it_came() throws IOException {
        try (var control = control(new Answer(200, "{\"items\":[]}"))) {
            assertThat(strangler.run("features", "--json")).isEqualTo(0);
            assertThat(strangler.json().path("items").isArray()).isTrue();
            assertThat(control.requests().get(0).header("Authorization")).isEqualTo("Bearer secret");
        }
    }

    @Test
    void a_command_line_without_sense_ends_with_2_and_sends_nothing() throws IOException {
        try (var control = control(new Answer(200, "{}"))) {
            assertThat(strangler.run("reads", "assets")).isEqualTo(2);
            assertThat(strangler.run("reads", "assets", "--service", "many")).isEqualTo(2);
            assertThat(strangler.run("reads", "assets", "--service", "many", "--json"))
                    .isEqualTo(2);
            assertThat(strangler.json().path("outcome").asString()).isEqualTo("USAGE");
            assertThat(strangler.run("reads", "assets", "--service", "101")).isEqualTo(2);
            assertThat(strangler.run("reads", "../health", "--service", "1")).isEqualTo(2);
            assertThat(strangler.run("rehears", "assets")).isEqualTo(2);
            assertThat(strangler.run("seal", "assets")).isEqualTo(2);
            assertThat(control.requests()).isEmpty();
        }
    }

    @Test
    void an_unknown_feature_ends_with_2() throws IOException {
        try (var control = control(new Answer(404, "{\"detail\":\"There is no feature 'orders'.\"}"))) {
            assertThat(strangler.run("journal", "orders")).isEqualTo(2);
            assertThat(strangler.err()).isEqualTo("There is no feature 'orders'.\n");
        }
    }

    @Test
    void a_gate_that_says_no_ends_with_3_and_its_reason() throws IOException {
        try (var control = control(new Answer(409, "{\"detail\":\"The stream is 4,120 ms behind.\"}"))) {
            assertThat(strangler.run("reads", "assets", "--service", "100", "--json"))
                    .isEqualTo(3);
            assertThat(strangler.json().path("exitCode").asInt()).isEqualTo(3);
            assertThat(strangler.json().path("message").asString())
                    .isEqualTo("Refused: The stream is 4,120 ms behind.");
        }
    }

    @Test
    void a_plan_ends_with_3_when_a_gate_says_no_and_shows_the_way_out() throws IOException {
        var plan = """
                {"feature":"assets","go":false,"gates":[
                  {"verdict":"REFUSED","name":"lag","value":"900 records","limit":"at most 500 records","wayOut":"Wait."}]}""";
        try (var control = control(new Answer(200, plan))) {
            assertThat(strangler.run("plan", "assets")).isEqualTo(3);
            assertThat(strangler.out())
                    .contains("refused")
                    .contains("900 records")
                    .contains("! lag: Wait.");
            assertThat(strangler.run("plan", "assets", "--json")).isEqualTo(3);
            assertThat(strangler.json().path("go").asBoolean()).isFalse();
            assertThat(control.requests().get(0).path()).isEqualTo("/control/features/assets/plan");
        }
    }

    @Test
    void a_handover_ends_as_its_outcome_says() throws IOException {
        for (var outcome : Map.of("DONE", 0, "ABORTED", 1, "UNFINISHED", 5).entrySet()) {
            try (var control = control(new Answer(200, operation(outcome.getKey())))) {
                assertThat(strangler.run("cutover", "assets", "--why", "proven", "--waive", "reads"))
                        .isEqualTo(outcome.getValue());
                assertThat(control.requests().get(0).body()).contains("proven").contains("[\"reads\"]");
                assertThat(strangler.out()).contains("Nobody could write for 88 ms");
            }
        }
        try (var control = control(new Answer(200, operation("ABORTED")))) {
            assertThat(strangler.run("abort", "assets")).isEqualTo(0);
        }
    }

    @Test
    void the_doctor_says_by_its_exit_code_whether_all_is_well() throws IOException {
        for (var finding : Map.of("SOUND", 0, "BOTH_CLOSED", 1, "UNKNOWN", 5).entrySet()) {
            try (var control = control(
                    new Answer(200, "{\"finding\":\"%s\",\"said\":\"So it is.\"}".formatted(finding.getKey())))) {
                assertThat(strangler.run("doctor", "assets")).isEqualTo(finding.getValue());
                assertThat(strangler.out()).contains("So it is.");
            }
        }
    }

    @Test
    void sealing_says_what_it_does_and_a_dry_run_what_it_would_do() throws IOException {
        var sealed = """
                {"feature":"assets","phase":"%s","dryRun":%s,"steps":["Runs there: revoke insert on asset from monolith cascade;"]}""";
        try (var control = control(new Answer(200, sealed.formatted("SERVICE_OWNED", true)))) {
            assertThat(strangler.run("seal", "assets", "--dry-run")).isEqualTo(0);
            assertThat(strangler.out())
                    .contains("- Runs there: revoke insert on asset from monolith cascade;")
                    .contains("Nothing was changed. To do it: ./strangler seal assets --confirm assets");
            assertThat(control.requests().get(0).body())
                    .contains("\"dryRun\":true")
                    .doesNotContain("confirm");
            assertThat(strangler.run("seal", "assets", "--dry-run", "--confirm", "assets"))
                    .isEqualTo(2);
        }
        try (var control = control(new Answer(200, sealed.formatted("SEALED", false)))) {
            assertThat(strangler.run("seal", "assets", "--confirm", "assets")).isEqualTo(0);
            assertThat(strangler.out()).contains("assets is SEALED: there is no way back to the monolith.");
            assertThat(control.requests().get(0).body()).contains("\"confirm\":\"assets\"");
        }
    }

    @Test
    void retiring_ends_with_3_until_nothing_is_left_and_prints_a_script_that_can_be_pasted() throws IOException {
        var left = """
                {"feature":"assets","phase":"SEALED","standing":[
                  {"where":"code","what":"GET /api/assets is answered with 200, required is 404."},
                  {"where":"database","what":"table asset"}],
                 "script":["begin;","drop table asset;","commit;"]}""";
        try (var control = control(new Answer(200, left))) {
            assertThat(strangler.run("retire", "assets")).isEqualTo(3);
            assertThat(strangler.out())
                    .contains("! code: GET /api/assets is answered with 200")
                    .contains("! database: table asset")
                    .contains("\nbegin;\ndrop table asset;\ncommit;\n")
                    .contains("assets is SEALED; the above is left.");
            assertThat(strangler.run("retire", "assets", "--script")).isEqualTo(3);
            assertThat(strangler.out()).isEqualTo("begin;\ndrop table asset;\ncommit;\n");
            assertThat(control.requests().get(0).path()).isEqualTo("/control/features/assets/retire");
        }
        try (var control = control(
                new Answer(200, "{\"feature\":\"assets\",\"phase\":\"RETIRED\",\"standing\":[],\"script\":[]}"))) {
            assertThat(strangler.run("retire", "assets")).isEqualTo(0);
            assertThat(strangler.out()).contains("assets is RETIRED; nothing is left in the monolith.");
        }
    }

    private static String operation(String outcome) {
        return """
                {"id":"op-1","feature":"assets","direction":"forward","toEpoch":3,"outcome":"%s","gapMillis":88,"steps":[]}""".formatted(outcome);
    }

    @Test
    void nobody_there_ends_with_4_and_says_that_nothing_was_changed() throws IOException {
        strangler.environment.put("STRANGLER_CONTROL_URL", "http://127.0.0.1:" + portThatNobodyHas());

        assertThat(strangler.run("features")).isEqualTo(4);
        assertThat(strangler.run("reads", "assets", "--service", "5")).isEqualTo(4);
        assertThat(strangler.err()).contains("connection refused").contains("nothing was changed");
    }

    @Test
    void no_token_ends_with_4() throws IOException {
        strangler.environment.remove("STRANGLER_TOKEN");

        assertThat(strangler.run("features")).isEqualTo(4);
        assertThat(strangler.err()).contains("There is no token in " + directory);
    }

    @Test
    void a_change_without_an_answer_ends_with_5() throws IOException {
        try (var control = control(Answer.HANG_UP)) {
            assertThat(strangler.run("reads", "assets", "--service", "5", "--json"))
                    .isEqualTo(5);
            assertThat(strangler.json().path("outcome").asString()).isEqualTo("UNKNOWN");
            assertThat(strangler.err()).contains("may or may not");
        }
        try (var control = control(new Answer(504, "{}"))) {
            assertThat(strangler.run("parked", "retry", "dam-assets", "Asset", "1"))
                    .isEqualTo(5);
        }
    }

    @Test
    void every_change_is_asked_for_in_the_name_of_whoever_types_it() throws IOException {
        for (var line : List.of(
                List.of("reads", "assets", "--service", "5"),
                List.of("shadow", "assets", "--percent", "5"),
                List.of("plan", "assets"),
                List.of("abort", "assets"),
                List.of("parked", "retry", "dam-assets", "Asset", "1"),
                List.of("parked", "skip", "dam-assets", "Asset", "1"),
                List.of("relay", "recover", "monolith-outbox", "--confirm", "monolith-outbox"))) {
            try (var control = control(new Answer(200, "{}"))) {
                strangler.run(line.toArray(String[]::new));
                assertThat(new JsonMapper()
                                .readTree(control.requests().get(0).body())
                                .path("who")
                                .asString())
                        .as("%s", line)
                        .isEqualTo(System.getProperty("user.name"));
            }
        }
    }

    @Test
    void a_change_that_not_every_instance_follows_yet_ends_with_5_and_names_them() throws IOException {
        try (var control = control(new Answer(200, "{\"changed\":true,\"stragglers\":[\"facade-2\"]}"))) {
            assertThat(strangler.run("reads", "assets", "--service", "5", "--json"))
                    .isEqualTo(5);
            assertThat(strangler.json().path("changed").asBoolean()).isTrue();
            assertThat(strangler.err()).contains("have not acknowledged it in time: facade-2");
        }
    }

    @Test
    void a_question_without_an_answer_leaves_nothing_in_doubt() throws IOException {
        try (var control = control(Answer.HANG_UP)) {
            assertThat(strangler.run("features")).isEqualTo(4);
        }
    }

    @Test
    void a_wrong_token_ends_with_1() throws IOException {
        try (var control = control(new Answer(401, ""))) {
            assertThat(strangler.run("features")).isEqualTo(1);
            assertThat(strangler.err()).contains("does not accept the token");
        }
    }

    @Test
    void the_token_of_the_workspace_is_used() throws IOException {
        strangler.environment.remove("STRANGLER_TOKEN");
        Files.writeString(directory.resolve("token"), "from the file\n");
        try (var control = control(new Answer(200, "[]"))) {
            assertThat(strangler.run("features")).isEqualTo(0);
            assertThat(control.requests().get(0).header("Authorization")).isEqualTo("Bearer from the file");
        }
    }

    @Test
    void who_and_why_go_with_a_change() throws IOException {
        try (var control = control(new Answer(200, "{}"))) {
            assertThat(strangler.run("reads", "assets", "--service", "25", "--why", "compared a day"))
                    .isEqualTo(0);
            var request = control.requests().get(0);
            assertThat(request.path()).isEqualTo("/control/features/assets/reads");
            var body = new JsonMapper().readTree(request.body());
            assertThat(body.path("service").asInt()).isEqualTo(25);
            assertThat(body.path("why").asString()).isEqualTo("compared a day");
            assertThat(body.path("who").asString()).isEqualTo(System.getProperty("user.name"));
        }
    }

    @Test
    void a_relay_is_recovered_only_by_somebody_who_names_it_twice() throws IOException {
        try (var control = control(new Answer(200, "{\"connector\":\"dam-outbox\",\"appendedAgain\":1200}"))) {
            assertThat(strangler.run("relay", "recover", "dam-outbox")).isEqualTo(2);
            assertThat(strangler.run("relay", "recover", "dam-outbox", "--confirm", "pim-outbox"))
                    .isEqualTo(2);
            assertThat(control.requests()).isEmpty();
            assertThat(strangler.run("relay", "recover", "dam-outbox", "--confirm", "dam-outbox"))
                    .isEqualTo(0);
            assertThat(strangler.out()).contains("1,200 events were appended again");
            assertThat(control.requests().get(0).path()).isEqualTo("/control/relays/dam-outbox/recover");
        }
        try (var control = control(new Answer(409, "{\"detail\":\"The slot can only be dropped.\"}"))) {
            assertThat(strangler.run("relay", "recover", "dam-outbox", "--confirm", "dam-outbox"))
                    .isEqualTo(3);
            assertThat(control.requests()).hasSize(1);
        }
    }

    @Test
    void relays_are_shown_with_their_slots() throws IOException {
        var relays = """
                {"value":[{"connector":"dam-outbox","condition":"BLOCKED","detail":"The slot is gone.",
                  "slot":{"value":{"name":"strangler_dam","isThere":false}}}]}""";
        try (var control = control(new Answer(200, relays))) {
            assertThat(strangler.run("relay")).isEqualTo(0);
            assertThat(strangler.out())
                    .contains("dam-outbox")
                    .contains("BLOCKED")
                    .contains("missing");
            assertThat(control.requests()).hasSize(1);
        }
    }

    @Test
    void a_foreign_text_cannot_steer_the_terminal() throws IOException {
        try (var control = control(new Answer(409, "{\"detail\":\"\\u001b[2Jgone\"}"))) {
            strangler.run("reads", "assets", "--service", "5");
            assertThat(strangler.err()).doesNotContain("\u001b");
        }
    }

    @Test
    void an_import_with_bad_rows_ends_with_1_and_lists_them() throws IOException {
        Files.writeString(directory.resolve("products.csv"), "Handle,Title,Variant Price\na,A,1\nb,,2\n");
        try (var shop = new HttpStandIn(
                request -> request.method().equals("GET") ? new Answer(404, "{}") : new Answer(201, "{}"))) {
            assertThat(strangler.run(
                            "import", directory.toString(), "--to", shop.uri().toString(), "--json"))
                    .isEqualTo(1);
            assertThat(strangler.json().path("created").path("products").asInt())
                    .isEqualTo(1);
            assertThat(strangler.json().path("badRows").path(0).path("line").asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void an_import_of_nothing_ends_with_1() {
        assertThat(strangler.run("import", directory.resolve("nowhere").toString()))
                .isEqualTo(1);
        assertThat(strangler.err()).contains("There is no products.csv");
    }

    private HttpStandIn control(Answer answer) throws IOException {
        var control = new HttpStandIn(request -> answer);
        strangler.environment.put("STRANGLER_CONTROL_URL", control.uri().toString());
        return control;
    }

    private static int portThatNobodyHas() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
