package dev.strangler.cli;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/** {@code logs NAME}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        header = "Prints the end of a part's log.",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./strangler logs monolith",
            "  ./strangler logs connect -f",
            "  ./strangler logs dam --lines 1000"
        })
final class LogsCommand implements Callable<Integer> {

    private static final int LARGEST_READ = 4_000_000;
    private static final long MILLIS_BETWEEN_LOOKS = 250;

    private final Context context;

    @ParentCommand
    private @Nullable Strangler strangler;

    @Parameters(paramLabel = "NAME", description = "A part as ./strangler status names it, like monolith.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many of the last lines. Default: ${DEFAULT-VALUE}.")
    private int lines = 100;

    LogsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (context.isComposed()) {
            return context.composed().logs(name, lines, follow);
        }
        var log = context.workspace().log(name);
        if (!name.matches("[a-z0-9-]+") || !Files.isReadable(log)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There is no log of '" + Terminal.safe(name) + "' in "
                            + context.workspace().state() + ". There are: " + String.join(", ", names()) + ".");
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var end = lastLines(file);
            if (strangler != null && strangler.json()) {
                context.terminal().line(new JsonMapper().writeValueAsString(end));
                return 0;
            }
            end.forEach(line -> context.terminal().line(line));
            if (follow) {
                follow(log, file);
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    private List<String> lastLines(RandomAccessFile file) throws IOException {
        long length = file.length();
        int size = (int) Math.min(length, LARGEST_READ);
        var bytes = new byte[size];
        file.seek(length - size);
        file.readFully(bytes);
        var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        return all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size());
    }

    /** Until the JVM is ended. A log that became shorter has begun anew, so it is read from its beginning. */
    private void follow(Path log, RandomAccessFile file) throws IOException {
        long position = file.getFilePointer();
        var buffer = new byte[64 * 1024];
        while (true) {
            if (Files.exists(log) && file.length() < position) {
                position = 0;
            }
            file.seek(position);
            int read = file.read(buffer);
            if (read > 0) {
                position += read;
                context.terminal().text(new String(buffer, 0, read, StandardCharsets.UTF_8));
            } else if (!slept()) {
                return;
            }
        }
    }

    private static boolean slept() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<String> names() {
        var state = context.workspace().state();
        if (!Files.isDirectory(state)) {
            return List.of();
        }
        try (var files = Files.list(state)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look into " + state, e);
        }
    }
}
