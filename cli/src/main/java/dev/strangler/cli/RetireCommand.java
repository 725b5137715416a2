package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code retire FEATURE}. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        header = "Names what is left of a sealed feature in the monolith, with the script for its database.",
        description = {
            "",
            "Looks at its code by asking the monolith, at routes, tables and all that hangs on them, and at strangler.yml.",
            "Drops nothing itself. Ends with 3 while something is left; once nothing is, the feature is retired."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler retire assets",
            "  ./strangler retire assets --script > retire-assets.sql"
        })
final class RetireCommand extends FeatureCommand {

    @Option(names = "--script", description = "Print nothing but the script.")
    private boolean script;

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
            if (!script) {
                left.path("standing")
                        .forEach(thing -> say("! %s: %s"
                                .formatted(
                                        thing.path("where").asString("?"),
                                        thing.path("what").asString("?"))));
            }
            left.path("script").forEach(line -> say(line.asString("")));
            if (!script) {
                say(feature() + " is " + left.path("phase").asString("?")
                        + (isGone ? "; nothing is left in the monolith." : "; the above is left."));
            }
        }
        return (isGone ? ExitCode.DONE : ExitCode.REFUSED).number();
    }
}
