package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file that says which process it is: its id and its start, as in {@link ProcessIdentity}, with a blank between. */
final class PidFile {

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) {
        var identity = ProcessIdentity.of(process);
        try {
            // Somebody may be reading: the file is whole or not there.
            var half = file.resolveSibling(file.getFileName() + ".half");
            Files.writeString(half, "%s %s%n".formatted(identity.pid(), identity.start()));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SandboxException("Cannot write the pid file %s: %s".formatted(file, e), e);
        }
    }

    /** The process that the file speaks of, if it still lives. */
    Optional<ProcessHandle> process() {
        try {
            var fields = Files.readString(file).trim().split(" ", -1);
            return new ProcessIdentity(Long.parseLong(fields[0]), fields[1]).process();
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
}
