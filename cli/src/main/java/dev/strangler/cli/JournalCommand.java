package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code journal FEATURE}. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        header = "Shows what was changed about a feature: when, by whom, why, from what to what.",
        footer = {"", "Example:", "  ./strangler journal assets"})
final class JournalCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    JournalCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var journal = context.control().get(FeatureView.path(feature) + "/journal");
        var terminal = context.terminal();
        if (strangler != null && strangler.json()) {
            terminal.line(journal.toString());
            return 0;
        }
        var rows = new ArrayList<List<String>>();
        for (var entry : ControlApi.items(journal)) {
            rows.add(List.of(
                    entry.path("when").asString("?"),
                    entry.path("who").asString("?"),
                    change(entry.path("before"), entry.path("after")),
                    entry.path("why").asString("")));
        }
        for (var ending : ControlApi.items(context.control().get(FeatureView.path(feature) + "/endings"))) {
            rows.add(List.of(
                    ending.path("when").asString("?"),
                    ending.path("who").asString("?"),
                    "%s %s, %s"
                            .formatted(
                                    ending.path("act").asString("?"),
                                    ending.path("outcome").asString("?"),
                                    ending.path("operation").asString("?")),
                    ending.path("detail").asString("")));
        }
        rows.sort(Comparator.comparing((List<String> row) -> row.get(0)).reversed());
        if (rows.isEmpty()) {
            terminal.line("Nothing was ever changed about " + feature + ".");
        } else {
            terminal.table(List.of("WHEN", "WHO", "CHANGE", "WHY"), rows);
        }
        return 0;
    }

    /** What became different, and nothing that stayed. */
    private static String change(JsonNode before, JsonNode after) {
        var changes = new ArrayList<String>();
        difference("reads ", FeatureView.reads(before, "service"), FeatureView.reads(after, "service"), changes);
        difference(
                "writes ",
                before.path("writes").asString("?"),
                after.path("writes").asString("?"),
                changes);
        difference(
                "epoch ",
                before.path("epoch").asString("?"),
                after.path("epoch").asString("?"),
                changes);
        return String.join("; ", changes);
    }

    private static void difference(String what, String before, String after, List<String> changes) {
        if (!before.equals(after)) {
            changes.add(what + before + " -> " + after);
        }
    }
}
