package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code seal FEATURE}. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        header = "Gives up the way back: the monolith never writes the feature again.",
        description = {"", "Nothing takes that back, so the feature's name has to be said twice."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler seal assets --confirm assets"})
final class SealCommand extends FeatureCommand {

    @Option(names = "--confirm", required = true, paramLabel = "FEATURE", description = "The same name once more.")
    private String confirm = "";

    SealCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var sealed = post("seal", Map.of("confirm", confirm));
        if (isJson()) {
            terminal().line(sealed.toString());
        } else {
            say(feature() + " is " + sealed.path("phase").asString("?") + ": there is no way back to the monolith.");
        }
        return ExitCode.DONE.number();
    }
}
