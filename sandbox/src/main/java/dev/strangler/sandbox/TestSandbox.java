package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one sandbox of a test JVM: parts start when asked for, and end with the JVM. */
final class TestSandbox {

    private static final Logger LOG = LoggerFactory.getLogger(TestSandbox.class);
    private static final String PREFIX = "sandbox-";

    private final TestParts parts;
    private final Path directory;
    private final Set<Part> started = new HashSet<>();

    private TestSandbox(Path target) {
        this.directory = target.resolve(PREFIX + ProcessHandle.current().pid());
        this.parts = TestParts.in(target, directory);
    }

    private static final class Holder {
        private static final TestSandbox ONE = open();
    }

    static TestSandbox ofThisJvm() {
        return Holder.ONE;
    }

    PostgresServer postgres() {
        return running(parts.postgres(), List.of(parts.postgres()));
    }

    KafkaBroker kafka() {
        return running(parts.kafka(), List.of(parts.kafka()));
    }

    /** What streams from PostgreSQL to Kafka is of no use without either. */
    ConnectWorker connect() {
        return running(parts.connect(), List.of(parts.kafka(), parts.connect(), parts.postgres()));
    }

    /**
     * Starts side by side what was not started yet. A part that a test has killed since stays as it is; one whose start
     * failed is tried again by whoever asks next.
     */
    private synchronized <P extends Part> P running(P wanted, List<Part> needed) {
        var launched = needed.stream().filter(part -> !started.contains(part)).toList();
        try {
            launched.forEach(Part::launch);
            launched.forEach(Part::awaitReady);
        } catch (RuntimeException e) {
            launched.forEach(Part::kill);
            throw e;
        }
        started.addAll(launched);
        return wanted;
    }

    private static TestSandbox open() {
        var target = Path.of("target").toAbsolutePath();
        endEarlierRuns(target);
        var opened = new TestSandbox(target);
        try {
            Files.createDirectories(opened.directory);
        } catch (IOException e) {
            throw new SandboxException("Cannot create %s: %s".formatted(opened.directory, e), e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(opened::end, "end-of-sandbox"));
        return opened;
    }

    /** The data is thrown away, so nothing needs to end in good order; the logs stay for whoever asks why. */
    private void end() {
        parts.discard().run();
        Directories.delete(directory.resolve("data"));
    }

    static void endEarlierRuns(Path target) {
        for (var earlier : earlierRuns(target)) {
            var leftOvers = LeftOvers.in(earlier);
            if (!leftOvers.running().isEmpty()) {
                LOG.warn("Ending it: {}", leftOvers);
                leftOvers.settle(Earlier.TAKEN_OVER);
            }
            Directories.delete(earlier);
        }
    }

    private static List<Path> earlierRuns(Path target) {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (var entries = Files.list(target)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(PREFIX + "\\d+"))
                    .filter(entry -> !jvmLives(entry))
                    .toList();
        } catch (IOException e) {
            throw new SandboxException("Cannot look for earlier test runs in %s: %s".formatted(target, e), e);
        }
    }

    static boolean jvmLives(Path directory) {
        var pid = Long.parseLong(directory.getFileName().toString().substring(PREFIX.length()));
        return ProcessHandle.of(pid).filter(Liveness::lives).isPresent();
    }
}
