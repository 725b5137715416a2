package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import picocli.CommandLine.Command;

/** {@code doctor FEATURE}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header =
                "Says who may write a feature, by asking both databases, and what to do if that is not as it should be.",
        description = {"", "Ends with 0 when all is sound or on its way, 5 when a side does not answer, else 1."},
        footer = {"", "Example:", "  ./strangler doctor assets"})
final class DoctorCommand extends FeatureCommand {

    DoctorCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var found = get("/doctor");
        if (isJson()) {
            terminal().line(found.toString());
        } else {
            found.path("facts").forEach(fact -> say("  " + fact.asString("")));
            say(found.path("finding").asString("?") + ": " + found.path("said").asString(""));
        }
        return switch (found.path("finding").asString("?")) {
            case "SOUND", "MOVING" -> ExitCode.DONE.number();
            case "UNKNOWN" -> ExitCode.UNKNOWN.number();
            default -> ExitCode.FAILED.number();
        };
    }
}
