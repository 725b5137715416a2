package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A named process of a directory: {@code <name>.pid} says which, {@code <name>.log} what it wrote. Runs in a session of
 * its own, so that Ctrl-C at the terminal reaches whoever started it and not the child.
 */
final class ChildProcess {

    private static final Duration UNTIL_GONE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);
    private static final long LARGEST_LOG = 20_000_000;
    private static final int TAIL_LINES = 25;
    private static final int TAIL_BYTES = 16_384;

    private final String name;
    private final Path directory;
    private final PidFile pidFile;

    ChildProcess(String name, Path directory) {
        this.name = name;
        this.directory = directory.toAbsolutePath().normalize();
        this.pidFile = new PidFile(this.directory.resolve(name + ".pid"));
    }

    String name() {
        return name;
    }

    Path log() {
        return directory.resolve(name + ".log");
    }

    Optional<ProcessHandle> running() {
        return pidFile.process();
    }

    long pid() {
        return running()
                .map(ProcessHandle::pid)
                .orElseThrow(() -> new SandboxException("%s does not run. Start it first.".formatted(name)));
    }

    void requireStopped() {
        running().ifPresent(process -> {
            throw new SandboxException("Cannot start %s: process %d already runs in %s. Stop it first."
                    .formatted(name, process.pid(), directory));
        });
    }

    void launch(List<String> command, Map<String, String> environment, Path workingDirectory) {
        requireStopped();
        try {
            Files.createDirectories(workingDirectory);
            keepLogSmall();
            var whole = new ArrayList<>(OwnSession.prefix());
            whole.addAll(command);
            var builder = new ProcessBuilder(whole)
                    .directory(workingDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(environment);
            pidFile.write(builder.start().toHandle());
        } catch (IOException e) {
            throw new SandboxException("Cannot start %s with %s: %s".formatted(name, command.get(0), e), e);
        }
    }

    /** Runs a command that prepares the process, e.g. makes its data directory; its output goes to the same log. */
    void prepare(List<String> command, Map<String, String> environment, Duration limit) {
        try {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(environment);
            var preparing = builder.start();
            var ended = false;
            try {
                ended = preparing.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                preparing.destroyForcibly();
            }
            if (!ended || preparing.exitValue() != 0) {
                throw new SandboxException("Cannot prepare %s: %s %s. The end of %s:%n%s"
                        .formatted(
                                name,
                                command.get(0),
                                ended ? "failed with code " + preparing.exitValue() : "did not end within " + limit,
                                log(),
                                logTail()));
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot prepare %s with %s: %s".formatted(name, command.get(0), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while preparing %s".formatted(name), e);
        }
    }

    /** Asks until the answer is yes; refuses at once when the process has died; ends it when the limit has passed. */
    void await(Duration limit, BooleanSupplier ready) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (running().isEmpty()) {
                throw new SandboxException(
                        "%s died before it was ready. The end of %s:%n%s".formatted(name, log(), logTail()));
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new SandboxException(
                        "%s was not ready after %d s and was ended. Look for the cause in its log, or give it a quieter machine. The end of %s:%n%s"
                                .formatted(name, limit.toSeconds(), log(), logTail()));
            }
            pause();
        }
    }

    /** Sends the signal ({@code TERM}, {@code INT}), waits, and kills what is left after the limit. */
    void stop(String signal, Duration limit) {
        running().ifPresent(process -> {
            send(signal, process);
            if (!Liveness.allGone(List.of(process), limit)) {
                kill();
            }
        });
        pidFile.delete();
    }

    /** The children are listed first: once orphaned they are nobody's descendants any more. */
    void kill() {
        running().ifPresent(process -> {
            var family = new ArrayList<ProcessHandle>();
            family.add(process);
            process.descendants().forEach(family::add);
            family.forEach(ProcessHandle::destroyForcibly);
            if (!Liveness.allGone(family, UNTIL_GONE)) {
                throw new SandboxException("Process %d of %s still lives %d s after SIGKILL. Is its disk hanging?"
                        .formatted(process.pid(), name, UNTIL_GONE.toSeconds()));
            }
        });
        pidFile.delete();
    }

    String logTail() {
        try (var file = Files.newByteChannel(log())) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            var bytes = Channels.newInputStream(file).readAllBytes();
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** Java knows no signal but TERM and KILL; the shell's own {@code kill} is there even where no such program is. */
    private void send(String signal, ProcessHandle process) {
        try {
            var shell = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            shell.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepLogSmall() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LARGEST_LOG) {
            Files.move(log(), directory.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_QUESTIONS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while waiting for %s".formatted(name), e);
        }
    }
}
