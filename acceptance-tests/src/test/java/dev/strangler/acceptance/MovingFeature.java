package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cli.terminal.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A feature whose writes a drill hands over and takes back. */
record MovingFeature(Shop shop, String name) {

    static final int REFUSED = 3;

    /** Drills have writes refused on purpose; the gate remembers that for an hour. */
    private static final String KNOWN = "refused-writes";

    private static final Duration UNTIL_READY = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    /** Brings it to where nothing is in the way of handing it over; what another drill has done already is not done again. */
    void isReady() {
        if (owner().equals("monolith") && !isFree()) {
            shop.cli("prepare", name, "--remove-keys").succeeded();
            shop.cli("backfill", name).succeeded();
            shop.cli("verify", name).succeeded();
            shop.cli("reads", name, "--service", "100", "--why", "drill").succeeded();
        }
        awaitFree();
    }

    /** Leaves it as the next drill expects it: the monolith writes, and answers every read. */
    void isHome() {
        if (owner().equals("service")) {
            awaitFree();
            back();
        }
        shop.cli("reads", name, "--service", "0", "--why", "drill").succeeded();
    }

    /** {@code monolith} or {@code service}, by the route. */
    String owner() {
        return route().path("writes").asString();
    }

    long epoch() {
        return route().path("epoch").asLong();
    }

    /** A façade that has just been started again, or has much to do, may not answer at once. */
    private JsonNode route() {
        return await().atMost(UNTIL_READY)
                .ignoreException(CommandFailure.class)
                .until(() -> shop.control().get("/control/features/" + name).path("route"), JsonNode::isObject);
    }

    /** Waits until no gate of the next handover says no; looks at the proof again where it has grown too old. */
    void awaitFree() {
        var direction = direction();
        await().atMost(UNTIL_READY)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(refusals(direction)).isEmpty());
    }

    /** Whether no gate of the next handover says no now. */
    boolean isFree() {
        return refusals(direction()).isEmpty();
    }

    private String direction() {
        return owner().equals("monolith") ? "forward" : "back";
    }

    private List<String> refusals(String direction) {
        try {
            var refused = refusals(shop.control()
                    .post("/control/features/" + name + "/plan", Map.of("who", "drill", "direction", direction)));
            refused.remove(KNOWN);
            return refused;
        } catch (CommandFailure notNow) {
            return List.of(String.valueOf(notNow.getMessage()));
        }
    }

    /** {@code plan} ends with 3 and has a line for this gate, which says what was found, what is required and the way out. */
    void planRefuses(String gate) {
        var planned = shop.cli("plan", name, "--json");
        assertThat(planned.exitCode()).as(planned.toString()).isEqualTo(REFUSED);
        var plan = JSON.readTree(planned.out());
        assertThat(plan.path("go").asBoolean(true)).isFalse();
        assertThat(refusals(plan)).as(planned.out()).contains(gate);
        for (var line : plan.path("gates")) {
            if (line.path("name").asString().equals(gate)) {
                for (var part : new String[] {"value", "limit", "wayOut"}) {
                    assertThat(line.path(part).asString()).as(line.toString()).isNotBlank();
                }
            }
        }
        assertThat(owner()).isEqualTo("monolith");
    }

    private static List<String> refusals(JsonNode plan) {
        var refused = new ArrayList<String>();
        for (var gate : plan.path("gates")) {
            if (!List.of("PASSED", "WAIVED", "ADVISED")
                    .contains(gate.path("verdict").asString())) {
                refused.add(gate.path("name").asString());
            }
        }
        return refused;
    }

    /** Asks for a handover to the service as an operator does. */
    CommandLine.Result cutover(String... more) {
        var arguments = new ArrayList<>(List.of("cutover", name, "--waive", KNOWN));
        arguments.addAll(List.of(more));
        return shop.cli(arguments.toArray(String[]::new));
    }

    /** Takes the writes back to the monolith. */
    void back() {
        shop.cli("back", name, "--waive", KNOWN).succeeded();
    }

    /** Has the next handover stand still before a step; it goes on by itself after twenty seconds. */
    void standStillBefore(String step) {
        shop.control().post("/control/rehearsal/" + name, Map.of("step", step));
    }

    boolean standsStill() {
        return shop.control().get("/control/rehearsal/" + name).path("reached").asBoolean(false);
    }

    void goOn() {
        shop.control().post("/control/rehearsal/" + name, Map.of());
    }
}
