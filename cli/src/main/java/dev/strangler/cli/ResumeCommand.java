package dev.strangler.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code resume FEATURE}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        header = "Takes an operation that was left behind further to its end.",
        description = {"", "Needed only when the façade could not end it by itself."},
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler resume assets"})
final class ResumeCommand extends FeatureCommand {

    ResumeCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return new HandingOver(this, "DONE").carryOut("resume", Map.of());
    }
}
