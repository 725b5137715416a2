package dev.strangler.cli;

import dev.strangler.cli.compose.Composed;
import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import dev.strangler.cli.up.Topology;
import dev.strangler.cli.up.Whole;
import dev.strangler.cli.workspace.StateFiles;
import dev.strangler.cli.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What every command is given: where it runs, what it may print to, and the way to the control API.
 *
 * @param inContainers whether the command is about what the compose file describes; known once the command line is read
 */
record Context(
        Map<String, String> environment,
        Workspace workspace,
        Terminal terminal,
        Clock clock,
        BooleanSupplier inContainers) {

    /** For the processes of this machine. */
    Context(Map<String, String> environment, Workspace workspace, Terminal terminal, Clock clock) {
        this(environment, workspace, terminal, clock, () -> false);
    }

    Context asking(BooleanSupplier inContainersToo) {
        return new Context(environment, workspace, terminal, clock, inContainersToo);
    }

    StateFiles files() {
        return new StateFiles(workspace);
    }

    boolean isComposed() {
        return inContainers.getAsBoolean();
    }

    Composed composed() {
        return new Composed(workspace.root(), environment);
    }

    /** What the command works on. */
    Whole whole() {
        return isComposed() ? composed() : new Topology(workspace, files().addresses());
    }

    URI controlAddress() {
        var elsewhere = environment.getOrDefault("STRANGLER_CONTROL_URL", "");
        return elsewhere.isEmpty() ? whole().control() : URI.create(elsewhere);
    }

    /** In whose name the control API is asked, as its journals and its audit keep it. */
    String who() {
        return System.getProperty("user.name", "unknown");
    }

    ControlApi control() {
        return new ControlApi(controlAddress(), this::token, ControlApi.Limits.DEFAULT);
    }

    private String token() {
        var said = environment.getOrDefault("STRANGLER_TOKEN", "");
        if (!said.isEmpty()) {
            return said;
        }
        if (isComposed()) {
            return composed().token();
        }
        try {
            return Files.readString(workspace.token()).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "There is no token in " + workspace.token() + ": nothing runs here."
                            + " Start everything with ./strangler up, or set STRANGLER_CONTROL_URL and STRANGLER_TOKEN.",
                    e);
        }
    }
}
