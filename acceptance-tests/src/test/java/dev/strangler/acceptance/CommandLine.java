package dev.strangler.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The {@code strangler} command, run as a process of its own. */
final class CommandLine {

    /** Which of the JVMs this is; each has a shop of its own. */
    static final int FORK = Integer.getInteger("drill.fork", 1);

    /** Without the drills themselves and their logging, which would write into what a command answers. */
    private static final String CLASS_PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry ->
                    !entry.endsWith("test-classes") && !entry.contains("logback") && Files.exists(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));

    private CommandLine() {}

    /** What a command did. */
    record Result(int exitCode, String out, String err) {
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("Exit code " + exitCode + ": " + out + err);
            }
            return this;
        }
    }

    /** As the launcher does: class data kept from the first command halves the start of the others. Archives know jars only. */
    private static Optional<String> sharedClasses(String verb) {
        if (Arrays.stream(CLASS_PATH.split(File.pathSeparator)).anyMatch(entry -> !entry.endsWith(".jar"))) {
            return Optional.empty();
        }
        var archive = Path.of("target", "commands-" + FORK + ".jsa").toAbsolutePath();
        if (verb.equals("up")) {
            return Optional.of("-XX:ArchiveClassesAtExit=" + archive);
        }
        return Files.exists(archive) ? Optional.of("-XX:SharedArchiveFile=" + archive) : Optional.empty();
    }

    /** Runs a command as the launcher would, with these variables besides this JVM's own, and waits for its end. */
    static Result run(Map<String, String> environment, Duration limit, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstrangler.sandbox.speed=quick",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
        sharedClasses(arguments[0]).ifPresent(command::add);
        command.addAll(List.of("-cp", CLASS_PATH, "dev.strangler.cli.Strangler"));
        command.addAll(Arrays.asList(arguments));
        try {
            var out = Files.createTempFile("cli", ".out");
            var err = Files.createTempFile("cli", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " has not ended within " + limit + ": " + Files.readString(out)
                        + Files.readString(err));
            }
            return new Result(
                    process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
