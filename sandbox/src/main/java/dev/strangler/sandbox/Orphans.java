package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's processes that outlived their postmaster. While one of them is attached to the old shared memory the
 * server refuses to start; each has the data directory as its working directory, which is how they are told.
 */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration UNTIL_GONE = Duration.ofSeconds(20);

    private final Path data;

    Orphans(Path data) {
        this.data = data;
    }

    void end() {
        var orphans = processesIn(data);
        if (!orphans.isEmpty()) {
            LOG.info(
                    "Ending {} process(es) of an earlier PostgreSQL in {}: {}",
                    orphans.size(),
                    data,
                    orphans.stream().map(ProcessHandle::pid).toList());
            orphans.forEach(ProcessHandle::destroyForcibly);
            if (!Liveness.allGone(orphans, UNTIL_GONE)) {
                throw new SandboxException(
                        "Cannot start postgres: processes of an earlier run still live in %s %d s after SIGKILL."
                                .formatted(data, UNTIL_GONE.toSeconds()));
            }
        }
        dropLockOfReusedPid();
    }

    /** A lock file whose number now belongs to somebody else would be taken for a running server. */
    private void dropLockOfReusedPid() {
        var lock = data.resolve("postmaster.pid");
        try {
            if (Files.exists(lock) && lockedBy(lock).isPresent()) {
                Files.delete(lock);
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot read or delete %s: %s".formatted(lock, e), e);
        }
    }

    private static Optional<ProcessHandle> lockedBy(Path lock) throws IOException {
        try (var lines = Files.lines(lock)) {
            return lines.findFirst()
                    .filter(line -> line.matches("\\d+"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        }
    }

    private static List<ProcessHandle> processesIn(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        workingDirectory(process).filter(data::equals).isPresent())
                .filter(Liveness::lives)
                .toList();
    }

    private static Optional<Path> workingDirectory(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")));
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }
}
