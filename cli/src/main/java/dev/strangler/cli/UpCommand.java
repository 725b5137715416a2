package dev.strangler.cli;

import dev.strangler.cli.catalogue.ImportResult;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.up.BlockOfUp;
import dev.strangler.cli.up.LinesOfUp;
import dev.strangler.cli.up.Up;
import dev.strangler.cli.up.Watching;
import dev.strangler.cli.workspace.Addresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        header = "Starts everything: PostgreSQL, Kafka, Connect, the shop, its two services and the façade.",
        description = {
            "",
            "Stays in the foreground and ends everything on Ctrl-C, unless --detach. A shop without products gets the small"
                    + " catalogue of the project. State, logs and data lie in .strangler; the data is there again at the next start."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler up",
            "  ./strangler up --detach --import ~/my-catalogue",
            "  ./strangler --compose up                       in containers, which the engine looks after",
            "  ./strangler up --fresh --port-offset 1000      from empty, all ports 1000 higher"
        })
final class UpCommand implements Callable<Integer> {

    private static final Path SMALL_CATALOGUE = Path.of("examples", "catalogue");

    private static final Duration UNTIL_SERVICES_HAVE_IT = Duration.ofSeconds(90);

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Option(
            names = "--detach",
            description = "Return when everything is ready and leave it running; ./strangler down ends it.")
    private boolean detach;

    @Option(names = "--fresh", description = "Delete the databases, topics and images of earlier runs first.")
    private boolean fresh;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description =
                    "Add N to every port, so that a second one can run beside. Kept for the next start and for the other"
                            + " commands.")
    private @Nullable Integer portOffset;

    @Option(
            names = "--only-check",
            hidden = true,
            description = "Refuse if something runs already; the launcher asks before it builds.")
    private boolean onlyCheck;

    @ArgGroup
    private @Nullable Catalogue catalogue;

    /** At most one of the two. */
    static final class Catalogue {

        @Option(
                names = "--import",
                paramLabel = "DIR",
                description = "Import this catalogue once everything is ready (see import).")
        private @Nullable Path directory;

        @Option(names = "--no-import", description = "Leave an empty shop empty.")
        private boolean none;
    }

    UpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (context.isComposed()) {
            return composed();
        }
        var terminal = context.terminal();
        var progress = terminal.isLive() ? new BlockOfUp(terminal, context.clock()) : new LinesOfUp(terminal);
        var up = new Up(context.workspace(), addresses(), context.clock(), progress);
        if (onlyCheck) {
            up.check();
            return ExitCode.DONE.number();
        }
        var exitCode = new ExitCode[] {ExitCode.DONE};
        up.run(fresh, () -> exitCode[0] = use(up));
        return exitCode[0].number();
    }

    /** The engine looks after the containers, so nothing stays in the foreground. */
    private int composed() {
        if (portOffset != null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--port-offset is for processes of this machine. Where containers are published is said by the environment, see .env.");
        }
        if (onlyCheck) {
            return ExitCode.DONE.number();
        }
        context.composed().up(fresh, context.terminal()::note);
        var imported = fillShop(context.composed().facade());
        var isWhole = imported == null || (imported.badRows().isEmpty() && servicesHaveIt());
        if (strangler != null && strangler.json()) {
            var told = new LinkedHashMap<String, Object>();
            told.put("facade", context.composed().facade());
            told.put("control", context.composed().control());
            told.put("parts", context.composed().states());
            if (imported != null) {
                told.put("import", imported);
            }
            context.terminal().line(new JsonMapper().writeValueAsString(told));
        } else {
            if (imported != null) {
                ImportReport.print(imported, context.terminal());
            }
            context.terminal()
                    .line("Everything runs in containers; the shop is at "
                            + context.composed().facade() + ". ./strangler --compose down ends it.");
        }
        return (isWhole ? ExitCode.DONE : ExitCode.FAILED).number();
    }

    private Addresses addresses() {
        try {
            return new Addresses(portOffset == null ? context.files().settings().portOffset() : portOffset);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Everything runs: fill the shop, say where it is, and stay or leave. */
    private ExitCode use(Up up) {
        ImportResult imported = null;
        var exitCode = ExitCode.DONE;
        try {
            imported = fillShop(context.whole().facade());
            if (imported != null && (!imported.badRows().isEmpty() || !servicesHaveIt())) {
                exitCode = ExitCode.FAILED;
            }
        } catch (CommandFailure e) {
            context.terminal().note(String.valueOf(e.getMessage()) + "\nThe import failed; everything else runs.");
            exitCode = e.exitCode();
        }
        if (detach) {
            up.detach();
        }
        tell(up, imported);
        if (!detach) {
            new Watching(up.topology(), context.terminal()::note).untilNothingRuns();
            context.terminal().note("Nothing runs any more.");
            return ExitCode.FAILED;
        }
        return exitCode;
    }

    private boolean servicesHaveIt() {
        var haveIt = new CatchingUp(context.control(), UNTIL_SERVICES_HAVE_IT).await();
        context.terminal()
                .note(
                        haveIt
                                ? "import: the services have all of it"
                                : "import: after " + UNTIL_SERVICES_HAVE_IT.toSeconds()
                                        + " s the services do not have all of it. They go on; see ./strangler features for how"
                                        + " far behind they are and why.");
        return haveIt;
    }

    private @Nullable ImportResult fillShop(URI facade) {
        if (catalogue != null && catalogue.directory != null) {
            return ImportCommand.run(context, catalogue.directory, ImportCommand.DEFAULT_CURRENCY, facade);
        }
        var isAsked = catalogue == null || !catalogue.none;
        return isAsked && ImportCommand.isEmpty(context, facade)
                ? ImportCommand.run(
                        context,
                        context.workspace().root().resolve(SMALL_CATALOGUE),
                        ImportCommand.DEFAULT_CURRENCY,
                        facade)
                : null;
    }

    private void tell(Up up, @Nullable ImportResult imported) {
        var terminal = context.terminal();
        var addresses = context.files().addresses();
        if (strangler != null && strangler.json()) {
            var told = new LinkedHashMap<String, Object>();
            told.put("portOffset", addresses.portOffset());
            told.put("detached", detach);
            told.put("facade", Addresses.http(addresses.facade()));
            told.put("control", Addresses.http(addresses.control()));
            told.put("token", context.workspace().token().toString());
            told.put("parts", up.topology().states());
            if (imported != null) {
                told.put("import", imported);
            }
            terminal.line(new JsonMapper().writeValueAsString(told));
            return;
        }
        if (imported != null) {
            ImportReport.print(imported, terminal);
        }
        terminal.line("");
        terminal.line(terminal.strong("Everything runs."));
        terminal.line("  shop         " + Addresses.http(addresses.facade())
                + "/api/products and /api/assets, through the façade");
        terminal.line("  control API  " + Addresses.http(addresses.control()) + "/control/features, token in "
                + context.workspace().token());
        terminal.line("Next: ./strangler features; ./strangler reads assets --service 25; ./strangler logs facade -f");
        terminal.line(detach ? "./strangler down ends it." : "Ctrl-C ends it.");
    }
}
