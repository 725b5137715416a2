package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code plan FEATURE}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        header = "Shows what a cutover would meet now, line by line, and changes nothing.",
        description = {"", "Asks the same steps that the cutover takes. Ends with 3 when a gate says no."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler plan assets"})
final class PlanCommand extends FeatureCommand {

    @Option(names = "--back", description = "Of the way back to the monolith.")
    private boolean back;

    PlanCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var plan = post("plan", Map.of("direction", back ? "back" : "forward"));
        var isGo = plan.path("go").asBoolean(false);
        if (isJson()) {
            terminal().line(plan.toString());
        } else {
            print(plan);
            say(isGo ? "Go: nothing is in the way." : "No go. Nothing was changed.");
        }
        return (isGo ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private void print(JsonNode plan) {
        var rows = new ArrayList<List<String>>();
        for (var gate : plan.path("gates")) {
            rows.add(List.of(
                    gate.path("verdict").asString("?").toLowerCase(Locale.ROOT),
                    gate.path("name").asString("?"),
                    gate.path("value").asString("?"),
                    gate.path("limit").asString("?")));
        }
        terminal().table(List.of("VERDICT", "GATE", "FOUND", "REQUIRED"), rows);
        for (var gate : plan.path("gates")) {
            if (!gate.path("wayOut").asString("").isEmpty()) {
                say("! " + gate.path("name").asString("?") + ": "
                        + gate.path("wayOut").asString(""));
            }
        }
    }
}
