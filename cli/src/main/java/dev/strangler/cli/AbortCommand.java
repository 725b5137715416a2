package dev.strangler.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code abort FEATURE}. */
@Command(
        name = "abort",
        mixinStandardHelpOptions = true,
        header = "Takes a handover back, unless its new owner is open already.",
        description = {
            "",
            "Whoever leads it is asked to, and does so before the next step. Past that point nothing can be taken back: a handover that",
            "is on its way then refuses with 3, and one that was left behind is ended, and the command ends with 1."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler abort assets"})
final class AbortCommand extends FeatureCommand {

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the journal.")
    private String why = "";

    @Option(
            names = "--target-is-down",
            description =
                    "You vouch that the database of the side that was to take over does not run, so it need not be asked.")
    private boolean targetIsDown;

    AbortCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return new HandingOver(this, "ABORTED").carryOut("abort", Map.of("why", why, "serviceDown", targetIsDown));
    }
}
