package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/** {@code parked}, {@code parked retry}, {@code parked skip}. */
@Command(
        name = "parked",
        mixinStandardHelpOptions = true,
        header = "Shows the records that a service could not apply; their keys wait, all others go on.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler parked",
            "  ./strangler parked retry dam-assets Asset 3b0c...   after the cause is gone",
            "  ./strangler parked skip dam-assets Asset 3b0c...    give the record up; later ones of its key apply"
        })
final class ParkedCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    ParkedCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var parked = context.control().get("/control/parked");
        var terminal = context.terminal();
        if (json()) {
            terminal.line(parked.toString());
            return 0;
        }
        var rows = new ArrayList<List<String>>();
        for (var record : ControlApi.items(parked)) {
            rows.add(List.of(
                    record.path("consumer").asString("?"),
                    record.path("aggregateType").asString("?"),
                    record.path("aggregateId").asString("?"),
                    record.path("parkedAt").asString("?"),
                    record.path("verdict").asString("waiting"),
                    record.path("cause").asString("")));
        }
        parked.path("unknown")
                .properties()
                .forEach(side -> terminal.line("! "
                        + Terminal.safe(side.getKey() + " cannot be asked: "
                                + side.getValue().asString(""))));
        if (rows.isEmpty()) {
            terminal.line(parked.path("unknown").isEmpty() ? "Nothing is parked." : "Nothing is parked elsewhere.");
        } else {
            terminal.table(List.of("CONSUMER", "TYPE", "ID", "SINCE", "VERDICT", "CAUSE"), rows);
            terminal.line("Retry or give up a key with ./strangler parked retry|skip CONSUMER TYPE ID.");
        }
        return 0;
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            header = "Lets the key be applied again, from its first parked record.")
    int retry(
            @Parameters(paramLabel = "CONSUMER") String consumer,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "ID") String id) {
        return decide("retry", consumer, type, id);
    }

    @Command(
            name = "skip",
            mixinStandardHelpOptions = true,
            header = "Gives the key's parked records up; the next change repairs the copy.")
    int skip(
            @Parameters(paramLabel = "CONSUMER") String consumer,
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "ID") String id) {
        return decide("skip", consumer, type, id);
    }

    private int decide(String verdict, String consumer, String type, String id) {
        JsonNode answer = context.control()
                .post(
                        "/control/parked/" + verdict,
                        Map.of("consumer", consumer, "aggregateType", type, "aggregateId", id, "who", context.who()));
        context.terminal()
                .line(
                        json()
                                ? answer.toString()
                                : Terminal.safe(type + " " + id) + ": " + verdict + " is asked for; "
                                        + Terminal.safe(consumer)
                                        + " does it within its next poll. Look with ./strangler parked.");
        return 0;
    }

    private boolean json() {
        return strangler != null && strangler.json();
    }
}
