package dev.strangler.cli.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The small JSON files of the workspace. Each is replaced as a whole, so a reader never sees half of one. */
public final class StateFiles {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Workspace workspace;

    /** The files of this workspace. */
    public StateFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What runs, as far as {@code up} has written it down. */
    public Optional<Run> run() {
        return read(workspace.runFile(), Run.class);
    }

    /** Replaces what is known to run. */
    public void write(Run run) {
        write(workspace.runFile(), run);
    }

    /** Forgets what ran: nothing of it is left. */
    public void forgetRun() {
        try {
            Files.deleteIfExists(workspace.runFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + workspace.runFile(), e);
        }
    }

    /** What an earlier start remembered; an offset of 0 if there was none. */
    public Settings settings() {
        return read(workspace.settingsFile(), Settings.class).orElse(new Settings(0));
    }

    /** Remembers for the next start. */
    public void write(Settings settings) {
        write(workspace.settingsFile(), settings);
    }

    /** Where the parts of the running sandbox listen, or those of the next one. */
    public Addresses addresses() {
        return run().map(Run::addresses)
                .orElseGet(() -> new Addresses(settings().portOffset()));
    }

    private static <T> Optional<T> read(Path file, Class<T> type) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file, type));
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    file + " cannot be read: " + e.getOriginalMessage()
                            + " It is written by ./strangler up. End what still runs (./strangler status names nothing now;"
                            + " look with ps), then delete the file.",
                    e);
        }
    }

    private static void write(Path file, Object content) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.write(fresh, JSON.writeValueAsBytes(content));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
