package dev.strangler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code back FEATURE}. */
@Command(
        name = "back",
        mixinStandardHelpOptions = true,
        header = "Hands the writes of a feature back to the monolith, which has everything that the service wrote.",
        description = {"", "The same work as cutover with the sides exchanged. Reads stay where they are."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler back assets --why \"prices look wrong\""})
final class BackCommand extends FeatureCommand {

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the journal.")
    private String why = "";

    @Option(
            names = "--waive",
            paramLabel = "GATE",
            description = "Pass this gate though it says no; may be repeated. Kept in the journal.")
    private List<String> waived = new ArrayList<>();

    BackCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return new HandingOver(this, "DONE").carryOut("back", Map.of("why", why, "waive", waived));
    }
}
