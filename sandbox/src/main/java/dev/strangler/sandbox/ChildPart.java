package dev.strangler.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/** What all parts share: one child process with pid file and log in the directory, and a way to ask whether it is ready. */
abstract class ChildPart implements Part {

    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final Path directory;

    ChildPart(String name, Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.process = new ChildProcess(name, this.directory);
    }

    /** What makes later starts quicker and takes a moment now. */
    void beforeEnd() {}

    /** The signal for an end in good order. */
    String stopSignal() {
        return "TERM";
    }

    ChildProcess process() {
        return process;
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve("data").resolve(name());
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.running().isPresent();
    }

    @Override
    public void stop() {
        beforeEnd();
        process.stop(stopSignal(), UNTIL_STOPPED);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public Path log() {
        return process.log();
    }

    @Override
    public String toString() {
        return name() + " in " + directory;
    }
}
