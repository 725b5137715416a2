package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prepare FEATURE}. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        header =
                "Looks for what would endanger a cutover: holes in the fences, keys between features, relays that don't run.",
        description = {
            "",
            "Ends with 3 while something is in the way; says what, and prints the script that removes keys."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  ./strangler prepare assets", "  ./strangler prepare assets --remove-keys"})
final class PrepareCommand extends FeatureCommand {

    @Option(
            names = "--remove-keys",
            description =
                    "Remove the foreign keys between this feature's tables and another's, in the monolith's database.")
    private boolean removeKeys;

    PrepareCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var found = post("prepare", Map.of("removeKeys", removeKeys));
        var isReady = found.path("problems").isEmpty();
        if (isJson()) {
            terminal().line(found.toString());
        } else {
            found.path("removed").forEach(key -> say("removed: " + key.asString("")));
            found.path("problems").forEach(problem -> say("! " + problem.asString("")));
            found.path("script").forEach(line -> say("  " + line.asString("")));
            say(feature() + " is " + found.path("phase").asString("?")
                    + (isReady ? "; nothing is in the way." : "; the above is in the way."));
        }
        return (isReady ? ExitCode.DONE : ExitCode.REFUSED).number();
    }
}
