package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code journal FEATURE}. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        header = "Shows what was done about a feature: when, by whom, why, from what to what.",
        description = {
            "",
            "The newest comes first: changes of its route, and operations that handed its writes over, each with its beginning, its end",
            "and the steps that failed. With --json every operation has all its steps."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  ./strangler journal assets", "  ./strangler journal assets --steps"})
final class JournalCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    @Option(names = "--steps", description = "Every step of every operation, with when it was done.")
    private boolean steps;

    JournalCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var path = FeatureView.path(feature);
        var lines = new JournalLines(
                ControlApi.items(context.control().get(path + "/journal")),
                ControlApi.items(context.control().get(path + "/operations")),
                ControlApi.items(context.control().get(path + "/endings")));
        var terminal = context.terminal();
        if (strangler != null && strangler.json()) {
            terminal.line(new JsonMapper().writeValueAsString(lines.items()));
            return 0;
        }
        var rows = lines.rows(steps);
        if (rows.isEmpty()) {
            terminal.line("Nothing was ever changed about " + feature + ".");
        } else {
            terminal.table(List.of("WHEN", "WHO", "CHANGE", "WHY"), rows);
        }
        return 0;
    }
}
