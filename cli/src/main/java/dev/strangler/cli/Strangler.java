package dev.strangler.cli;

import dev.strangler.cli.terminal.Terminal;
import dev.strangler.cli.workspace.Workspace;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code strangler} command. */
@Command(
        name = "strangler",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Runs the shop beside the services that take it over, and moves features from one to the other.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Start here:",
            "  ./strangler up                          everything, with a small catalogue; Ctrl-C ends it",
            "  ./strangler features                    in another terminal: who answers, who writes, how far behind",
            "  ./strangler reads assets --service 25   the DAM answers a quarter of the clients",
            "  ./strangler --compose up                the same in containers; with --compose every command works on those",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 refused by a gate, 4 unreachable, 5 outcome unknown.",
            "Environment: NO_COLOR; STRANGLER_STATE (directory of a second sandbox, default .strangler);",
            "STRANGLER_CONTROL_URL and STRANGLER_TOKEN (a control API elsewhere); COMPOSE_PROJECT_NAME; STRANGLER_DEBUG=1 (stack traces);",
            "RELAY_PACE=thrifty with 'up' (half the CPU for the connectors, a few milliseconds more until an event is in Kafka)."
        })
public final class Strangler {

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the result as JSON on standard output; everything else goes to standard error.")
    private boolean json;

    @Option(
            names = "--compose",
            scope = ScopeType.INHERIT,
            description = "Work on the containers of docker-compose.yml instead of processes of this machine.")
    private boolean compose;

    Strangler() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // Servers close connections that are idle for long, and what is sent at that very moment is lost; JDK 17 would
        // keep them for 20 minutes.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        // What is said here is English, and numbers are copied into other commands: in the digits that those read.
        Locale.setDefault(Locale.ROOT);
        var environment = System.getenv();
        var context = new Context(environment, Workspace.of(environment), Terminal.of(environment), Clock.systemUTC());
        System.exit(Commands.of(context).execute(arguments));
    }

    boolean isComposed() {
        return compose;
    }

    boolean json() {
        return json;
    }
}
