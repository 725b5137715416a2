package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an earlier run left in a sandbox's directory.
 *
 * @param directory the sandbox's directory
 * @param running   processes that still live, by their pid files; of every part and application, not of the three only
 * @param data      the names of the parts that have data
 * @param ports     the ports of the last start, if any
 */
public record LeftOvers(Path directory, List<Survivor> running, List<String> data, Optional<Ports> ports) {

    private static final String PID_SUFFIX = ".pid";

    /**
     * A process of an earlier run.
     *
     * @param name    the part
     * @param pid     the process id
     * @param started when it started
     */
    public record Survivor(String name, long pid, Instant started) {

        /** Ends it without warning, with its children, and returns when they are gone. */
        void kill(Path directory) {
            new ChildProcess(name, directory).kill();
        }

        @Override
        public String toString() {
            return "%s (process %d since %s)".formatted(name, pid, started);
        }
    }

    /** Looks at a directory; one that does not exist holds nothing. */
    public static LeftOvers in(Path directory) {
        var absolute = directory.toAbsolutePath().normalize();
        return new LeftOvers(absolute, running(absolute), names(absolute.resolve("data")), State.ports(absolute));
    }

    /** Whether there is neither a process nor data. */
    public boolean isEmpty() {
        return running.isEmpty() && data.isEmpty();
    }

    /** Refuses, ends or deletes what is left, as chosen. */
    void settle(Earlier choice) {
        if (choice == Earlier.REFUSED && !isEmpty()) {
            throw new SandboxException(
                    "Cannot start: %s. Allowed is an empty directory. Stop it (`down`), or choose to reuse or to discard (`--fresh`) what is there."
                            .formatted(this));
        }
        if (choice == Earlier.DATA_REUSED && !running.isEmpty()) {
            throw new SandboxException(
                    "Cannot start: %s. No process of an earlier run may live. Stop it (`down`), or discard it with its data (`--fresh`)."
                            .formatted(this));
        }
        running.forEach(process -> process.kill(directory));
        if (choice == Earlier.DISCARDED) {
            Directories.delete(directory.resolve("data"));
        }
    }

    /** A sentence's part, e.g. {@code in /x an earlier run left running kafka (process 12 since ...), and data of kafka}. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "in %s no earlier run left anything".formatted(directory);
        }
        var parts = new ArrayList<String>();
        if (!running.isEmpty()) {
            parts.add("running " + running.stream().map(Survivor::toString).collect(Collectors.joining(", ")));
        }
        if (!data.isEmpty()) {
            parts.add("data of " + String.join(", ", data));
        }
        return "in %s an earlier run left %s".formatted(directory, String.join("; ", parts));
    }

    private static List<Survivor> running(Path directory) {
        return names(directory).stream()
                .filter(file -> file.endsWith(PID_SUFFIX))
                .map(file -> file.substring(0, file.length() - PID_SUFFIX.length()))
                .flatMap(name -> new ChildProcess(name, directory)
                        .running().stream()
                                .map(process -> new Survivor(
                                        name,
                                        process.pid(),
                                        process.info().startInstant().orElse(Instant.EPOCH))))
                .toList();
    }

    private static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new SandboxException("Cannot look into %s: %s".formatted(directory, e), e);
        }
    }
}
