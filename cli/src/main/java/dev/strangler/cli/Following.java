package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.Terminal;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Looks at something that the façade is at until it is over, and says how far it is. */
final class Following {

    private static final long MILLIS_BETWEEN_LOOKS = 300;

    private final ControlApi control;
    private final Terminal terminal;

    Following(ControlApi control, Terminal terminal) {
        this.control = control;
        this.terminal = terminal;
    }

    /** The last look: one at which it is over, or whatever it was when the command was interrupted. */
    JsonNode follow(String path, JsonNode begun, Predicate<JsonNode> isOver, Function<JsonNode, String> progress) {
        var looking = new LookingAgain(LookingAgain.PATIENCE, "What was asked for");
        var seen = begun;
        var said = "";
        while (!isOver.test(seen)) {
            try {
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return seen;
            }
            seen = looking.look(() -> control.get(path));
            var now = Terminal.safe(progress.apply(seen));
            if (!now.equals(said)) {
                if (terminal.isLive()) {
                    terminal.part("\r\u001b[K" + now);
                } else {
                    terminal.note(now);
                }
                said = now;
            }
        }
        if (terminal.isLive() && !said.isEmpty()) {
            terminal.note("");
        }
        return seen;
    }
}
