package dev.strangler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cutover FEATURE}. */
@Command(
        name = "cutover",
        mixinStandardHelpOptions = true,
        header = "Hands the writes of a feature over to its service.",
        description = {
            "",
            "Everything that plan shows is looked at first; a gate that says no ends the command with 3. Writes wait for some",
            "milliseconds. Whatever fails before the service opens is taken back by itself."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler cutover assets --why \"proven, shadowed, canary done\""})
final class CutoverCommand extends FeatureCommand {

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the journal.")
    private String why = "";

    @Option(
            names = "--waive",
            paramLabel = "GATE",
            description = "Pass this gate though it says no; may be repeated. Kept in the journal.")
    private List<String> waived = new ArrayList<>();

    CutoverCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return new HandingOver(this, "DONE").carryOut("cutover", Map.of("why", why, "waive", waived));
    }
}
