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

    private final Sandbox sandbox;
    private final Path directory;
    private final Set<ChildPart> started = new HashSet<>();

    private TestSandbox(Path directory) {
        this.directory = directory;
        this.sandbox = Sandbox.in(directory, Ports.free(), Speed.saidOr(Speed.QUICK));
    }

    private static final class Holder {
        private static final TestSandbox ONE = open();
    }

    static TestSandbox ofThisJvm() {
        return Holder.ONE;
    }

    PostgresServer postgres() {
        return running(sandbox.postgres(), List.of(sandbox.postgres()));
    }

    KafkaBroker kafka() {
        return running(sandbox.kafka(), List.of(sandbox.kafka()));
    }

    /** What streams from PostgreSQL to Kafka is of no use without either. */
    ConnectWorker connect() {
        return running(sandbox.connect(), List.of(sandbox.kafka(), sandbox.connect(), sandbox.postgres()));
    }

    /**
     * Starts side by side what was not started yet. A part that a test has killed since stays as it is; one whose start
     * failed is tried again by whoever asks next.
     */
    private synchronized <P extends ChildPart> P running(P wanted, List<ChildPart> needed) {
        var launched = needed.stream().filter(part -> !started.contains(part)).toList();
        try {
            launched.forEach(ChildPart::launch);
            launched.forEach(ChildPart::awaitReady);
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
        var opened =
                new TestSandbox(target.resolve(PREFIX + ProcessHandle.current().pid()));
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
        sandbox.discard();
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

    private static boolean jvmLives(Path directory) {
        var pid = Long.parseLong(directory.getFileName().toString().substring(PREFIX.length()));
        return ProcessHandle.of(pid).filter(Liveness::lives).isPresent();
    }
}
