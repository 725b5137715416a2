package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FeatureViewTest {

    private static final String WELL = """
            {"items": [{"name": "assets", "service": "dam", "topic": "assets.v1",
              "route": {"reads": "canary", "service": 25, "writes": "monolith", "epoch": 0, "version": 3},
              "instances": {"value": [{"name": "one", "version": 3, "isCurrent": true}], "unknown": null},
              "relays": {"value": [{"connector": "monolith-outbox", "condition": "RUNNING", "detail": "",
                "setup": null, "lag": {"value": {"bytes": 0, "oldestSeconds": 0.0}, "unknown": null}}], "unknown": null},
              "consumers": [
                {"side": "dam", "consumers": {"value": [{"consumer": "dam-assets", "behind": 0, "parkedKeys": 0}]}},
                {"side": "pim", "consumers": {"value": [{"consumer": "pim-images", "behind": 12, "parkedKeys": 0}]}}]}]}
            """;

    @Test
    void a_feature_that_fares_well_is_one_line() {
        assertThat(print(WELL).lines())
                .containsExactly(
                        "FEATURE  READS                    WRITES    EPOCH  BEHIND         RELAY    INSTANCES",
                        "assets   dam 25 %, monolith 75 %  monolith  0      dam 0, pim 12  running  1 of 1");
    }

    @Test
    void what_needs_a_person_stands_below() {
        var printed = print(WELL.replace("RUNNING", "BLOCKED")
                .replace("\"detail\": \"\"", "\"detail\": \"The slot is gone.\"")
                .replace("\"isCurrent\": true", "\"isCurrent\": false")
                .replace("\"parkedKeys\": 0", "\"parkedKeys\": 2")
                .replace("\"oldestSeconds\": 0.0", "\"oldestSeconds\": 71.2"));

        assertThat(printed)
                .contains("blocked, 71 s behind  0 of 1")
                .contains("! monolith-outbox: The slot is gone.")
                .contains("! instance one goes by version 3 of the route of assets, not by the stored one.")
                .contains("! dam-assets has parked 2 keys; see ./strangler parked.");
    }

    @Test
    void holes_in_a_fence_stand_below() {
        var printed = print(WELL.replace("\"service\": \"dam\"", """
                "service": "dam", "fences": [
                  {"side": "monolith", "holes": {"value": ["Table asset has a fence that is disabled."]}},
                  {"side": "dam", "holes": {"value": null, "unknown": "connection refused"}}]"""));
        assertThat(printed)
                .contains("! the fence of assets at monolith has a hole: Table asset has a fence that is disabled.")
                .contains("! the fence of assets at dam cannot be asked: connection refused");
    }

    @Test
    void what_could_not_be_asked_is_unknown_and_says_why() {
        var printed = print(WELL.replace(
                "{\"side\": \"dam\", \"consumers\": {\"value\": [{\"consumer\": \"dam-assets\", \"behind\": 0, \"parkedKeys\": 0}]}}",
                "{\"side\": \"dam\", \"consumers\": {\"value\": null, \"unknown\": \"connection refused\"}}"));

        assertThat(printed)
                .contains("dam unknown, pim 12")
                .contains("! the consumers of assets.v1 at dam cannot be asked: connection refused");
    }

    @Test
    void a_feature_is_caught_up_when_nothing_waits_anywhere_and_everything_is_known() {
        var caughtUp = WELL.replace("\"behind\": 12", "\"behind\": 0")
                .replace(
                        "\"service\":",
                        "\"data\": {\"value\": {\"tracings\": [{\"direction\": \"forward\", \"roundTripMillis\": 40, \"ageSeconds\": 3}]}},"
                                + " \"service\":");
        assertThat(isCaughtUp(caughtUp)).isTrue();
        assertThat(isCaughtUp(WELL)).isFalse();
        assertThat(isCaughtUp(caughtUp.replace("\"ageSeconds\": 3", "\"ageSeconds\": 10")))
                .as("the tracer set out before")
                .isFalse();
        assertThat(isCaughtUp(caughtUp.replace("\"parkedKeys\": 0", "\"parkedKeys\": 1")))
                .isFalse();
        assertThat(isCaughtUp(caughtUp.replace("\"behind\": 0", "\"behind\": null")))
                .isFalse();
        assertThat(isCaughtUp("{\"items\": []}")).isFalse();
    }

    private static boolean isCaughtUp(String features) {
        return CatchingUp.isCaughtUp(new JsonMapper().readTree(features), Duration.ofSeconds(10));
    }

    private static String print(String features) {
        var out = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false, false);
        FeatureView.print(new JsonMapper().readTree(features), terminal);
        return out.toString();
    }
}
