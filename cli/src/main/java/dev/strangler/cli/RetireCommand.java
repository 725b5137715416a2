package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code retire FEATURE}. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        header = "Names what is left of a sealed feature in the monolith's database, with the script that drops it.",
        description = {
            "",
            "Drops nothing itself. Ends with 3 while something is left; once nothing is, the feature is retired."
        },
        footer = {"", "Example:", "  ./strangler retire assets"})
final class RetireCommand extends FeatureCommand {

    RetireCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var left = post("retire", Map.of());
        var isGone = left.path("standing").isEmpty();
        if (isJson()) {
            terminal().line(left.toString());
        } else {
            left.path("script").forEach(line -> say("  " + line.asString("")));
            say(feature() + " is " + left.path("phase").asString("?")
                    + (isGone ? "; nothing is left in the monolith." : "; the tables above are left."));
        }
        return (isGone ? ExitCode.DONE : ExitCode.REFUSED).number();
    }
}
