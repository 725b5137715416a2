package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code verify FEATURE}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "Compares all rows of a feature on both sides.",
        description = {
            "",
            "Ends with 0 when all are alike, with 1 when some differ, with 5 when some were still under way at the end. Rows"
                    + " whose change is under way are never reported; while a part of the stream is away, which is said, no row"
                    + " that differs can be told from one under way. The result ages: a cutover asks for a fresh one."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler verify assets",
            "  ./strangler verify assets --repair   puts right what differs, as the plan beside each row says, then compares once more"
        })
final class VerifyCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    @Option(
            names = "--repair",
            description =
                    "Have the owner say again what differs, or the copy built anew from the log where only that helps, and compare once more.")
    private boolean repair;

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var path = FeatureView.path(feature) + "/verify";
        var control = context.control();
        var begun = control.post(path, Map.of("who", context.who(), "repair", repair));
        var seen = new Following(control, context.terminal())
                .follow(path, begun, look -> !isRunning(look), VerifyCommand::progress);
        var terminal = context.terminal();
        if (strangler != null && strangler.json()) {
            terminal.line(seen.toString());
        } else if (seen.path("proof").isObject()) {
            var lines = DataLines.verification(seen);
            terminal.line(Terminal.safe(feature) + ": " + lines.get(0));
            lines.stream().skip(1).forEach(terminal::line);
        }
        return exitCode(seen).number();
    }

    private ExitCode exitCode(JsonNode seen) {
        if (isRunning(seen)) {
            return ExitCode.UNKNOWN;
        }
        if (!seen.path("proof").isObject()) {
            context.terminal().note(Terminal.safe(seen.path("trouble").asString("no reason given")));
            return ExitCode.FAILED;
        }
        return switch (seen.path("proof").path("verdict").asString("")) {
            case "EQUAL" -> ExitCode.DONE;
            case "DIFFERENT" -> ExitCode.FAILED;
            default -> ExitCode.UNKNOWN;
        };
    }

    private static boolean isRunning(JsonNode verification) {
        return verification.path("state").asString("").equals("RUNNING");
    }

    private static String progress(JsonNode verification) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows compared",
                verification.path("compared").asLong(0),
                verification.path("total").asLong(0));
    }
}
