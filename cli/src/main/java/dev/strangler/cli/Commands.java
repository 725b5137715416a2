package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

/** All commands under one roof, and what their failures look like. */
final class Commands {

    private Commands() {}

    static CommandLine of(Context given) {
        var strangler = new Strangler();
        var context = given.asking(strangler::isComposed);
        var commands = new CommandLine(strangler)
                .addSubcommand(new UpCommand(context))
                .addSubcommand(new DownCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new FeaturesCommand(context))
                .addSubcommand(new ReadsCommand(context))
                .addSubcommand(new PrepareCommand(context))
                .addSubcommand(new PlanCommand(context))
                .addSubcommand(new CutoverCommand(context))
                .addSubcommand(new BackCommand(context))
                .addSubcommand(new AbortCommand(context))
                .addSubcommand(new ResumeCommand(context))
                .addSubcommand(new DoctorCommand(context))
                .addSubcommand(new RepairCommand(context))
                .addSubcommand(new SealCommand(context))
                .addSubcommand(new RetireCommand(context))
                .addSubcommand(new BackfillCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new ShadowCommand(context))
                .addSubcommand(new RehearseCommand(context))
                .addSubcommand(new JournalCommand(context))
                .addSubcommand(new ParkedCommand(context))
                .addSubcommand(new RelayCommand(context))
                .addSubcommand(new ConsoleCommand(context))
                .addSubcommand(new ImportCommand(context))
                .addSubcommand(new AssessCommand(context));
        commands.setUsageHelpAutoWidth(true);
        commands.setColorScheme(
                CommandLine.Help.defaultColorScheme(context.terminal().hasColour() ? Ansi.ON : Ansi.OFF));
        commands.setExecutionExceptionHandler((failure, line, parsed) -> fail(context, strangler.json(), failure));
        var telling = commands.getParameterExceptionHandler();
        commands.setParameterExceptionHandler((mistake, arguments) -> {
            int exitCode = telling.handleParseException(mistake, arguments);
            if (Arrays.asList(arguments).contains("--json")) {
                line(context, ExitCode.USAGE, String.valueOf(mistake.getMessage()));
            }
            return exitCode;
        });
        return commands;
    }

    private static void line(Context context, ExitCode exitCode, String message) {
        context.terminal()
                .line(new JsonMapper()
                        .writeValueAsString(Map.of(
                                "exitCode",
                                exitCode.number(),
                                "outcome",
                                exitCode.name(),
                                "message",
                                Terminal.safe(message))));
    }

    private static int fail(Context context, boolean json, Exception failure) {
        var terminal = context.terminal();
        var exitCode = failure instanceof CommandFailure known ? known.exitCode() : ExitCode.FAILED;
        var message = failure instanceof CommandFailure
                ? String.valueOf(failure.getMessage())
                : "This is a defect of the strangler command, not of what you typed: " + failure
                        + ". Set STRANGLER_DEBUG=1 to see where.";
        terminal.note(message);
        if (json) {
            line(context, exitCode, message);
        }
        if (context.environment().getOrDefault("STRANGLER_DEBUG", "").equals("1")) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            terminal.note(trace.toString());
        }
        return exitCode.number();
    }
}
