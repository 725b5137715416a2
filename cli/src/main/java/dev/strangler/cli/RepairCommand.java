package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code repair FEATURE}. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        header = "Does what doctor proposes: closes first, then opens one side.",
        description = {"", "Data that differs between the sides is verify's affair, not this one's."},
        footer = {"", "Example:", "  ./strangler repair assets"})
final class RepairCommand extends FeatureCommand {

    RepairCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var repaired = post("repair", Map.of());
        if (isJson()) {
            terminal().line(repaired.toString());
        } else {
            if (repaired.path("done").isEmpty()) {
                say("Nothing was done.");
            }
            repaired.path("done").forEach(action -> say("done: " + action.asString("")));
            say(repaired.path("after").path("said").asString(""));
        }
        var isSound = repaired.path("after").path("finding").asString("?").equals("SOUND");
        return (isSound ? ExitCode.DONE : ExitCode.FAILED).number();
    }
}
