package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code reads FEATURE --service P}. */
@Command(
        name = "reads",
        mixinStandardHelpOptions = true,
        header = "Chooses how many clients' reads of a feature the service answers.",
        description = {
            "",
            "Writes stay where they are. A client stays on its side while the share does not change, and sees its own"
                    + " writes on either side. Returns when every instance of the façade has taken it over."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler reads assets --service 25                        a quarter of the clients",
            "  ./strangler reads assets --service 100 --why \"compared a day\"",
            "  ./strangler reads assets --service 0                         everybody back to the monolith"
        })
final class ReadsCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "FEATURE", description = "As named in strangler.yml, like assets.")
    private String feature = "";

    @Option(
            names = "--service",
            required = true,
            paramLabel = "P",
            description = "Share of the clients in percent, a whole number from 0 to 100.")
    private int percent;

    @Option(names = "--why", paramLabel = "TEXT", description = "Kept in the journal.")
    private String why = "";

    ReadsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (percent < 0 || percent > 100) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--service is " + percent + "; a share is a whole number from 0 to 100. Choose one.");
        }
        var answer = context.control()
                .post(
                        FeatureView.path(feature) + "/reads",
                        Map.of("service", percent, "why", why, "who", context.who()));
        var terminal = context.terminal();
        var stragglers = new ArrayList<String>();
        answer.path("stragglers").forEach(instance -> stragglers.add(instance.asString(instance.toString())));
        if (strangler != null && strangler.json()) {
            terminal.line(answer.toString());
        } else if (stragglers.isEmpty()) {
            terminal.line(said(answer));
        }
        if (!stragglers.isEmpty()) {
            terminal.note("The route is stored, but these instances of the façade have not acknowledged it in time: "
                    + Terminal.safe(String.join(", ", stragglers))
                    + ". Until they do, they may send reads as before; look with ./strangler features.");
            return ExitCode.UNKNOWN.number();
        }
        return ExitCode.DONE.number();
    }

    private String said(JsonNode answer) {
        var name = Terminal.safe(feature);
        if (answer.path("changed").isBoolean() && !answer.path("changed").asBoolean()) {
            return name + ": that is how its reads go already; nothing was changed.";
        }
        var who = percent == 0
                ? "the monolith answers everybody"
                : percent == 100
                        ? "the service answers everybody"
                        : "the service answers " + percent + " % of the clients";
        return name + ": " + who + "; writes stay where they were.";
    }
}
