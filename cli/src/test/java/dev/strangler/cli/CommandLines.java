package dev.strangler.cli;

import dev.strangler.cli.terminal.Terminal;
import dev.strangler.cli.workspace.Workspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this JVM, in a workspace of a test's own, and keeps what they print. */
final class CommandLines {

    final Map<String, String> environment = new HashMap<>();
    private final Workspace workspace;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    CommandLines(Path directory) {
        this.workspace = new Workspace(directory, directory);
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false);
        var commands = Commands.of(new Context(environment, workspace, terminal, Clock.systemUTC()));
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    JsonNode json() {
        return new JsonMapper().readTree(out.toString());
    }
}
