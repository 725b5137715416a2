package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code backfill FEATURE}. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        header = "Copies what existed before the stream to the side that does not write.",
        description = {
            "",
            "Every row is said once more as an event; rows that change meanwhile do no harm. It holds back while the other side"
                    + " is far behind. One that was interrupted goes on where it was. Ctrl-C ends the watching, not the copying."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  ./strangler backfill assets"})
final class BackfillCommand implements Callable<Integer> {

    private static final Set<String> OVER = Set.of("DONE", "FAILED");

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    @Option(names = "--no-wait", description = "Return once it has begun; look with ./strangler features.")
    private boolean noWait;

    BackfillCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var path = FeatureView.path(feature) + "/backfill";
        var control = context.control();
        var seen = control.post(path, Map.of("who", context.who()));
        if (!noWait) {
            seen = new Following(control, context.terminal())
                    .follow(path, seen, look -> OVER.contains(look.path("state").asString("")), DataLines::backfill);
        }
        var terminal = context.terminal();
        if (strangler != null && strangler.json()) {
            terminal.line(seen.toString());
        } else {
            terminal.line(Terminal.safe(feature + ": " + DataLines.backfill(seen)));
        }
        var state = seen.path("state").asString("");
        if (state.equals("FAILED")) {
            terminal.note(Terminal.safe(seen.path("trouble").asString("no reason given")
                    + " Once that is put right, ask for the backfill again: it goes on where it was."));
            return ExitCode.FAILED.number();
        }
        return noWait || OVER.contains(state) ? ExitCode.DONE.number() : ExitCode.UNKNOWN.number();
    }
}
