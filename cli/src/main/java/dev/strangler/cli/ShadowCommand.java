package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code shadow FEATURE [--percent P]}. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        header = "Has a share of a feature's reads answered by both sides and compared.",
        description = {
            "",
            "The monolith answers everybody; nobody waits for the comparison. Without --percent it shows what comparing has come to."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler shadow assets --percent 10",
            "  ./strangler shadow assets                what differed, by kind of request and field",
            "  ./strangler shadow assets --percent 0    ends it"
        })
final class ShadowCommand implements Callable<Integer> {

    private static final List<String> HEADS = List.of("REQUEST", "COMPARED", "EQUAL", "LATE", "DIFFERED", "FIELDS");

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    @Option(
            names = "--percent",
            paramLabel = "P",
            description = "Share of the reads in percent, a whole number from 0 to 100.")
    private @Nullable Integer percent;

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the journal.")
    private String why = "";

    ShadowCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return percent == null ? show() : move(percent);
    }

    private int move(int share) {
        if (share < 0 || share > 100) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--percent is " + share + "; a share is a whole number from 0 to 100. Choose one.");
        }
        var answer = context.control()
                .post(
                        FeatureView.path(feature) + "/shadow",
                        Map.of("percent", share, "why", why, "who", context.who()));
        var terminal = context.terminal();
        if (isJson()) {
            terminal.line(answer.toString());
        } else {
            terminal.line(Terminal.safe(feature) + ": the monolith answers everybody; "
                    + (share == 0 ? "nothing is compared." : share + " % of the reads are compared."));
        }
        return answer.path("stragglers").isEmpty() ? ExitCode.DONE.number() : ExitCode.UNKNOWN.number();
    }

    private int show() {
        var answer = context.control().get(FeatureView.path(feature) + "/shadow");
        var terminal = context.terminal();
        if (isJson()) {
            terminal.line(answer.toString());
            return ExitCode.DONE.number();
        }
        var rows = new ArrayList<List<String>>();
        for (var endpoint : answer.path("endpoints")) {
            rows.add(row(endpoint));
        }
        terminal.table(HEADS, rows);
        answer.path("endpoints").forEach(endpoint -> endpoint.path("samples").forEach(this::sample));
        return ExitCode.DONE.number();
    }

    private static List<String> row(JsonNode endpoint) {
        var tally = endpoint.path("tally");
        var fields = new ArrayList<String>();
        endpoint.path("fields")
                .properties()
                .forEach(field ->
                        fields.add(field.getKey() + " " + field.getValue().asString("?")));
        return List.of(
                endpoint.path("name").asString("?"),
                tally.path("compared").asString("?"),
                tally.path("equal").asString("?"),
                tally.path("late").asString("?"),
                tally.path("differed").asString("?"),
                fields.isEmpty() ? "-" : String.join(", ", fields));
    }

    private void sample(JsonNode sample) {
        context.terminal()
                .line(Terminal.safe("  " + sample.path("request").asString("?") + " "
                        + sample.path("field").asString("?") + ": monolith "
                        + sample.path("control").asString("?") + ", service "
                        + sample.path("candidate").asString("?")));
    }

    private boolean isJson() {
        return strangler != null && strangler.json();
    }
}
