package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code relay}, {@code relay recover}. */
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        header = "Shows how each side's events get to the topics.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler relay",
            "  ./strangler relay recover monolith-outbox --confirm monolith-outbox   its replication slot is gone"
        })
final class RelayCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    RelayCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var relays = context.control().get("/control/relays");
        var terminal = context.terminal();
        if (isJson()) {
            terminal.line(relays.toString());
            return ExitCode.DONE.number();
        }
        if (relays.path("unknown").isString()) {
            throw new CommandFailure(
                    ExitCode.UNKNOWN,
                    "Nobody knows now: " + relays.path("unknown").asString(""));
        }
        var rows = new ArrayList<List<String>>();
        for (var relay : relays.path("value")) {
            var slot = relay.path("slot");
            rows.add(List.of(
                    relay.path("connector").asString("?"),
                    relay.path("condition").asString("?"),
                    slot.path("value").path("isThere").asBoolean(false)
                            ? slot.path("value").path("walStatus").asString("?")
                            : slot.path("unknown").asString("missing"),
                    relay.path("detail").asString("")));
        }
        terminal.table(List.of("CONNECTOR", "CONDITION", "SLOT", "DETAIL"), rows);
        return ExitCode.DONE.number();
    }

    @Command(
            name = "recover",
            mixinStandardHelpOptions = true,
            header = "The way out when a replication slot is gone.",
            description = {
                "",
                "Stops the connector, makes the slot anew, appends again whatever was written since the position that was last seen to be",
                "relayed, and starts the connector. Readers drop what they had; doing it twice, or without need, costs only time. Of features",
                "that this side has handed over since, the new owner says its newest events again behind that, by itself. A slot that is",
                "lost but still there is left to you: the refusal says which statement drops it."
            })
    int recover(
            @Parameters(paramLabel = "CONNECTOR", description = "As ./strangler relay names it.") String connector,
            @Option(
                            names = "--confirm",
                            required = true,
                            paramLabel = "CONNECTOR",
                            description = "The same name once more.")
                    String confirm) {
        if (!connector.equals(confirm)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'%s' is not '%s'. Say the same name twice.".formatted(confirm, connector));
        }
        var path = "/control/relays/" + URLEncoder.encode(connector, StandardCharsets.UTF_8) + "/recover";
        var recovered = context.control().post(path, Map.of("who", context.who()));
        context.terminal()
                .line(
                        isJson()
                                ? recovered.toString()
                                : String.format(
                                        Locale.ROOT,
                                        "%s runs on a slot of its own again; %,d events were appended again. Look with ./strangler status,"
                                                + " then compare with ./strangler verify.",
                                        Terminal.safe(connector),
                                        recovered.path("appendedAgain").asLong(0)));
        return ExitCode.DONE.number();
    }

    private boolean isJson() {
        return strangler != null && strangler.json();
    }
}
