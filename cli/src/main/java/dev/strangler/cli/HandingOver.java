package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Follows an operation to its end, and says how it ended. */
final class HandingOver {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final Set<String> UNDER_WAY = Set.of("RUNNING", "ABORTING");

    private final FeatureCommand command;
    private final String wanted;

    /** @param wanted the outcome that was asked for: {@code DONE} or {@code ABORTED} */
    HandingOver(FeatureCommand command, String wanted) {
        this.command = command;
        this.wanted = wanted;
    }

    /** Asks for the verb, and ends as the operation ends. */
    int carryOut(String verb, Map<String, Object> content) {
        var operation = followed(command.post(verb, content));
        if (command.isJson()) {
            command.terminal().line(operation.toString());
        } else {
            print(operation);
        }
        var outcome = operation.path("outcome").asString("?");
        if (outcome.equals(wanted)) {
            return ExitCode.DONE.number();
        }
        return outcome.equals("DONE") || outcome.equals("ABORTED")
                ? ExitCode.FAILED.number()
                : ExitCode.UNKNOWN.number();
    }

    private JsonNode followed(JsonNode begun) {
        var operation = begun;
        var id = begun.path("id").asString("?");
        var looking = new LookingAgain(LookingAgain.PATIENCE, id);
        var end = System.nanoTime() + LONGEST.toNanos();
        while (UNDER_WAY.contains(operation.path("outcome").asString("?"))) {
            if (System.nanoTime() - end > 0) {
                throw new CommandFailure(
                        ExitCode.UNKNOWN,
                        "%s is on its way for %d min already. Look with ./strangler doctor %s."
                                .formatted(id, LONGEST.toMinutes(), command.feature()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            operation = looking.look(() -> command.get("/operations/" + id));
        }
        return operation;
    }

    private void print(JsonNode operation) {
        for (var step : operation.path("steps")) {
            if (!step.path("outcome").asString("").equals("BEGAN")) {
                command.say("%-14s %-7s %s"
                        .formatted(
                                step.path("step").asString("?"),
                                step.path("outcome").asString("?").toLowerCase(Locale.ROOT),
                                step.path("detail").asString(""))
                        .stripTrailing());
            }
        }
        command.terminal().line(command.terminal().strong(Terminal.safe(summary(operation))));
        operation.path("remarks").forEach(remark -> command.say("! " + remark.asString("")));
    }

    private String summary(JsonNode operation) {
        var target = operation.path("direction").asString("?").equals("forward") ? "the service" : "the monolith";
        var parts = new ArrayList<String>();
        parts.add(
                switch (operation.path("outcome").asString("?")) {
                    case "DONE" ->
                        command.feature() + ": " + target + " owns the writes now, under epoch "
                                + operation.path("toEpoch").asString("?") + ".";
                    case "ABORTED" -> command.feature() + ": everything was taken back, nothing was lost.";
                    default ->
                        command.feature() + ": not over, and nothing more can be done now; the façade tries again by"
                                + " itself.";
                });
        if (operation.path("reason").isString()) {
            parts.add(operation.path("reason").asString("") + ".");
        }
        if (operation.path("gapMillis").isNumber()) {
            parts.add("Nobody could write for " + operation.path("gapMillis").asLong(0) + " ms.");
        }
        return String.join(" ", parts);
    }
}
