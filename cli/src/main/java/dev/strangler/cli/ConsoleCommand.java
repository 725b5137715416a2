package dev.strangler.cli;

import dev.strangler.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code console}. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        header = "Says where the console is, and prints the tokens that can be handed out for it.",
        description = {
            "",
            "A viewer looks, an operator prepares and stops, a switcher moves reads and writes. The switcher's token is that of the",
            "control API; the others are derived from it, and open nothing but the console."
        },
        footer = {"", "Example:", "  ./strangler console"})
final class ConsoleCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    ConsoleCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var ways = context.control().get("/control/console");
        var terminal = context.terminal();
        if (strangler != null && strangler.json()) {
            terminal.line(ways.toString());
            return ExitCode.DONE.number();
        }
        var rows = new ArrayList<List<String>>();
        ways.path("tokens")
                .properties()
                .forEach(token ->
                        rows.add(List.of(token.getKey(), token.getValue().asString("?"))));
        rows.add(List.of("switcher", "the token of the control API"));
        terminal.line(context.controlAddress()
                .resolve(ways.path("path").asString("/console"))
                .toString());
        terminal.table(List.of("ROLE", "TOKEN"), rows);
        return ExitCode.DONE.number();
    }
}
