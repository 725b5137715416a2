package dev.strangler.cli.rehearse;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cutover.workflow.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the control API for handovers, and waits for what becomes of them. */
final class Handovers {

    private static final String WHO = "rehearsal";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration UNTIL_READY = Duration.ofMinutes(3);
    private static final Duration UNTIL_OVER = Duration.ofMinutes(2);
    private static final Set<String> PASSING = Set.of("PASSED", "WAIVED", "ADVISED");

    /** Parts that are killed leave refused writes behind, and nobody can have rehearsed before the first rehearsal. */
    private static final List<String> WAIVED = List.of("refused-writes", "rehearsal");

    /** The only gate that opens by comparing anew; the others open by waiting. */
    private static final String PROOF = "parity-proof";

    private static final Set<String> OVER = Set.of("DONE", "ABORTED");

    private final ControlApi control;
    private final String feature;

    Handovers(ControlApi control, String feature) {
        this.control = control;
        this.feature = feature;
    }

    /** Which way the next one goes: away from whoever owns now. */
    String nextDirection() {
        return control.get(path("")).path("route").path("writes").asString("").equalsIgnoreCase("SERVICE")
                ? "back"
                : "forward";
    }

    /** Brings the feature to where it can be handed over: fences looked at, the past copied, both sides compared, reads moved. */
    void prepare() {
        ask("prepare", Map.of("removeKeys", true));
        ask("backfill", Map.of());
        verify();
        ask("reads", Map.of("service", 100, "why", "a rehearsal"));
    }

    /** Compares both sides anew; a proof that is too old would refuse the handover. */
    void verify() {
        ask("verify", Map.of());
    }

    /**
     * Waits until no gate says no.
     *
     * @throws CommandFailure with the gates that still do after the limit
     */
    void awaitReady(String direction) {
        var end = System.nanoTime() + UNTIL_READY.toNanos();
        var verified = 0;
        while (true) {
            var said = whyNot(direction);
            if (said.isEmpty()) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "'%s' can't be handed over %s even after %d s: %s"
                                .formatted(feature, direction, UNTIL_READY.toSeconds(), String.join("; ", said)));
            }
            if (said.stream().anyMatch(why -> why.startsWith(PROOF)) && verified++ % 25 == 0) {
                quietly(this::verify);
            }
            pause();
        }
    }

    private List<String> whyNot(String direction) {
        try {
            var plan = control.post(path("/plan"), Map.of("who", WHO, "direction", direction, "waive", WAIVED));
            var said = new ArrayList<String>();
            for (var gate : plan.path("gates")) {
                if (!PASSING.contains(gate.path("verdict").asString(""))) {
                    said.add("%s is %s, wanted is %s"
                            .formatted(
                                    gate.path("name").asString("?"),
                                    gate.path("value").asString("?"),
                                    gate.path("limit").asString("?")));
                }
            }
            return plan.path("go").asBoolean(false) ? List.of() : said.isEmpty() ? List.of("the plan says no") : said;
        } catch (CommandFailure notYet) {
            return List.of(String.valueOf(notYet.getMessage()));
        }
    }

    /** Begins a handover; the answer is the operation, perhaps before its end. */
    JsonNode begin(String direction) {
        return ask(direction.equals("back") ? "back" : "cutover", Map.of("why", "a rehearsal", "waive", WAIVED));
    }

    /** Until whatever is under way is over; where nothing ever was there is nothing to wait for. */
    void awaitQuiet() {
        var newest = newest();
        if (newest != null) {
            awaitOver(newest.path("id").asString(""));
        }
    }

    /** The newest operation once it is over; what nobody ends by itself within the limit is resumed, then aborted. */
    Ended awaitOver(@Nullable String id) {
        var helped = new ArrayList<String>();
        var newest = awaited(id);
        for (var verb : List.of("resume", "abort")) {
            if (newest == null || !OVER.contains(newest.path("outcome").asString(""))) {
                helped.add(verb);
                quietly(() -> ask(verb, Map.of("why", "a rehearsal")));
                newest = awaited(id);
            }
        }
        if (newest == null || !OVER.contains(newest.path("outcome").asString(""))) {
            return new Ended("STUCK", 0, 0, helped);
        }
        return new Ended(
                newest.path("outcome").asString("?"),
                newest.path("gapMillis").asLong(-1),
                newest.path("heldMillis").asLong(-1),
                helped);
    }

    /**
     * How one ended.
     *
     * @param outcome {@code DONE}, {@code ABORTED}, or {@code STUCK}
     * @param gapMillis how long nobody could write; -1 where that is not known
     * @param heldMillis how long writes waited at the façade; likewise
     * @param helped what an operator had to say to end it
     */
    record Ended(String outcome, long gapMillis, long heldMillis, List<String> helped) {

        Ended {
            helped = List.copyOf(helped);
        }
    }

    private @Nullable JsonNode awaited(@Nullable String id) {
        var end = System.nanoTime() + UNTIL_OVER.toNanos();
        JsonNode found = null;
        while (System.nanoTime() - end < 0) {
            try {
                found = id == null ? newest() : control.get(path("/operations/" + id));
                if (found != null && OVER.contains(found.path("outcome").asString(""))) {
                    return found;
                }
            } catch (CommandFailure away) {
                // Whoever answers may be the one that was killed.
                found = null;
            }
            pause();
        }
        return found;
    }

    /** The operation that was begun last, if there ever was one. */
    @Nullable
    JsonNode newest() {
        var operations = ControlApi.items(control.get(path("/operations")));
        return operations.isEmpty() ? null : operations.get(0);
    }

    /** What the fences themselves say, once nothing is under way. */
    JsonNode doctor() {
        return control.get(path("/doctor"));
    }

    /** Stops the coordinator at that moment until it is told to go on; what comes after taking back has begun needs something to fail. */
    void breakAt(Kill kill) {
        var asked = new HashMap<String, Object>();
        asked.put("step", kill.step().label());
        asked.put("after", kill.moment() == Kill.Moment.AFTER);
        if (kill.isOfTakingBack()) {
            asked.put("failing", StepName.OPEN.label());
        }
        control.post("/control/rehearsal/" + feature, asked);
    }

    /** Whether the coordinator stands at the step. */
    boolean isBroken() {
        return control.get("/control/rehearsal/" + feature).path("reached").asBoolean(false);
    }

    /** Lets the coordinator go on. */
    void goOn() {
        control.post("/control/rehearsal/" + feature, Map.of());
    }

    private JsonNode ask(String verb, Map<String, Object> more) {
        var content = new HashMap<String, Object>(more);
        content.put("who", WHO);
        return control.post(path("/" + verb), content);
    }

    private String path(String rest) {
        return "/control/features/" + feature + rest;
    }

    private static void quietly(Runnable asking) {
        try {
            asking.run();
        } catch (CommandFailure notNow) {
            // Looked at again by whoever waits.
        }
    }

    private static void pause() {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
}
