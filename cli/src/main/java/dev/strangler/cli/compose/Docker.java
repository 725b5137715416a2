package dev.strangler.cli.compose;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands of the container engine, run in the project's directory. */
final class Docker {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path root;

    Docker(Path root) {
        this.root = root;
    }

    /**
     * What a command of {@code docker} answers.
     *
     * @throws CommandFailure FAILED if it is not there, fails, or has not ended within a minute; with what it said
     */
    String ask(List<String> arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            // A file, since nobody reads a pipe while the limit is waited for.
            var said = Files.createTempFile("docker", ".out");
            try {
                int exitCode = run(
                        command,
                        LIMIT,
                        ProcessBuilder.Redirect.to(said.toFile()),
                        ProcessBuilder.Redirect.appendTo(said.toFile()));
                var text = Files.readString(said, StandardCharsets.UTF_8);
                if (exitCode != 0) {
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "`%s` failed with code %d: %s".formatted(shown(command), exitCode, text.strip()));
                }
                return text;
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            throw absent(command, e);
        }
    }

    /**
     * Runs a command whose words go to this process's own standard error.
     *
     * @throws CommandFailure FAILED if it is not there, fails, or has not ended within the limit
     */
    void tell(List<String> command, Duration limit) {
        try {
            int exitCode = run(command, limit, errors(), ProcessBuilder.Redirect.INHERIT);
            if (exitCode != 0) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "`%s` failed with code %d; its words stand above.".formatted(shown(command), exitCode));
            }
        } catch (IOException e) {
            throw absent(command, e);
        }
    }

    /** Runs a command whose words go where this process's own go, for as long as it takes; its exit code. */
    int show(List<String> arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            return run(command, Duration.ofDays(365), ProcessBuilder.Redirect.INHERIT, ProcessBuilder.Redirect.INHERIT);
        } catch (IOException e) {
            throw absent(command, e);
        }
    }

    /** {@code docker compose}, or {@code docker-compose} where the engine has no such plug-in. */
    List<String> compose() {
        try {
            ask(List.of("compose", "version"));
            return List.of("docker", "compose");
        } catch (CommandFailure noPlugIn) {
            return List.of("docker-compose");
        }
    }

    private int run(
            List<String> command, Duration limit, ProcessBuilder.Redirect output, ProcessBuilder.Redirect errors)
            throws IOException {
        var process = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output)
                .redirectError(errors)
                .start();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "`%s` has not ended within %d s and was ended. Look at the engine with `docker info` and `docker ps`."
                            .formatted(shown(command), limit.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNKNOWN, "Interrupted while `%s` ran.".formatted(shown(command)), e);
        } finally {
            process.destroy();
        }
    }

    /** Java can't name another process's standard error but as its own inherited one. */
    private static ProcessBuilder.Redirect errors() {
        var own = Path.of("/dev/stderr");
        return Files.exists(own) ? ProcessBuilder.Redirect.appendTo(own.toFile()) : ProcessBuilder.Redirect.DISCARD;
    }

    private static CommandFailure absent(List<String> command, IOException e) {
        return new CommandFailure(
                ExitCode.FAILED,
                "`%s` could not be run (%s). With --compose everything runs in containers: install an engine, or leave --compose out."
                        .formatted(shown(command), e.getMessage()),
                e);
    }

    private static String shown(List<String> command) {
        return String.join(" ", command.subList(0, Math.min(3, command.size())));
    }
}
