package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code seal FEATURE}. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        header = "Gives up the way back: the monolith never writes the feature again.",
        description = {
            "",
            "Nothing takes that back, so the feature's name has to be said twice. With --dry-run it only says what it would do."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  ./strangler seal assets --dry-run", "  ./strangler seal assets --confirm assets"})
final class SealCommand extends FeatureCommand {

    @ArgGroup(multiplicity = "1")
    private Meant meant = new Meant();

    /** Doing it, or only hearing of it. */
    private static final class Meant {

        @Option(names = "--confirm", required = true, paramLabel = "FEATURE", description = "The same name once more.")
        private String confirm = "";

        @Option(names = "--dry-run", required = true, description = "Change nothing, print what would be done.")
        private boolean dryRun;
    }

    SealCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        var sealed = post("seal", meant.dryRun ? Map.of("dryRun", true) : Map.of("confirm", meant.confirm));
        if (isJson()) {
            terminal().line(sealed.toString());
        } else {
            sealed.path("steps").forEach(step -> say("- " + step.asString("")));
            say(
                    meant.dryRun
                            ? "Nothing was changed. To do it: ./strangler seal %s --confirm %s"
                                    .formatted(feature(), feature())
                            : feature() + " is " + sealed.path("phase").asString("?")
                                    + ": there is no way back to the monolith.");
        }
        return ExitCode.DONE.number();
    }
}
