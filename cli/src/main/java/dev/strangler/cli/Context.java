package dev.strangler.cli;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import dev.strangler.cli.workspace.Addresses;
import dev.strangler.cli.workspace.StateFiles;
import dev.strangler.cli.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;

/** What every command is given: where it runs, what it may print to, and the way to the control API. */
record Context(Map<String, String> environment, Workspace workspace, Terminal terminal, Clock clock) {

    StateFiles files() {
        return new StateFiles(workspace);
    }

    URI controlAddress() {
        var elsewhere = environment.getOrDefault("STRANGLER_CONTROL_URL", "");
        return elsewhere.isEmpty() ? Addresses.http(files().addresses().control()) : URI.create(elsewhere);
    }

    ControlApi control() {
        return new ControlApi(controlAddress(), this::token, ControlApi.Limits.DEFAULT);
    }

    private String token() {
        var said = environment.getOrDefault("STRANGLER_TOKEN", "");
        if (!said.isEmpty()) {
            return said;
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
