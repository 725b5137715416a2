package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process id together with the time at which that process started, because the kernel gives the number to somebody
 * else later.
 */
final class PidFile {

    /** The start time is computed from the boot time, which moves by a second when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) {
        var started = process.info().startInstant().orElse(Instant.EPOCH);
        try {
            // Somebody may be reading: the file is whole or not there.
            var half = file.resolveSibling(file.getFileName() + ".half");
            Files.writeString(half, "%d %d%n".formatted(process.pid(), started.toEpochMilli()));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SandboxException("Cannot write the pid file %s: %s".formatted(file, e), e);
        }
    }

    /** The process that the file speaks of, if it still lives. */
    Optional<ProcessHandle> process() {
        try {
            var fields = Files.readString(file).trim().split(" ", -1);
            var started = Instant.ofEpochMilli(Long.parseLong(fields[1]));
            return ProcessHandle.of(Long.parseLong(fields[0]))
                    .filter(Liveness::lives)
                    .filter(process -> startedAt(process, started));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new SandboxException(
                    "Cannot read the pid file %s: %s. Look whether its process still runs, end it, and delete the file."
                            .formatted(file, e),
                    e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SandboxException("Cannot delete the pid file %s: %s".formatted(file, e), e);
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant expected) {
        var started = process.info().startInstant().orElse(Instant.EPOCH);
        return Duration.between(started, expected).abs().compareTo(TOLERANCE) <= 0;
    }
}
