package dev.strangler.cli;

import dev.strangler.cli.up.Down;
import dev.strangler.cli.up.PartState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        header = "Ends everything that runs here and leaves no process behind. The data stays.",
        footer = {"", "Example:", "  ./strangler down"})
final class DownCommand implements Callable<Integer> {

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    DownCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var terminal = context.terminal();
        var ended = context.isComposed() ? composed() : new Down(context.workspace()).run(terminal::note);
        if (strangler != null && strangler.json()) {
            terminal.line(new JsonMapper().writeValueAsString(Map.of("ended", ended)));
        } else if (ended.isEmpty()) {
            terminal.line("Nothing runs here.");
        } else {
            terminal.line("Ended: " + String.join(", ", ended) + ".");
        }
        return 0;
    }

    private List<String> composed() {
        var running = context.composed().states().stream()
                .filter(part -> !part.state().equals(PartState.ENDED))
                .map(PartState::name)
                .toList();
        context.composed().down();
        return running;
    }
}
