package dev.strangler.acceptance;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.up.Topology;
import dev.strangler.cli.workspace.Addresses;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.Part;
import dev.strangler.sandbox.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The whole system as a user starts it: {@code strangler up}, in processes of its own, once per JVM. Drills share it, so each works with assets
 * and products of its own.
 */
final class RunningShop {

    private static final Duration UP_LIMIT = Duration.ofMinutes(6);
    /** More JVMs than that are never at it at once. */
    private static final int FORKS = 3;

    /** Which of the JVMs this is; each has a shop of its own. */
    private static final int FORK = Integer.getInteger("drill.fork", 1);

    /** Without the drills themselves and their logging, which would write into what a command answers. */
    private static final String COMMAND_CLASS_PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry ->
                    !entry.endsWith("test-classes") && !entry.contains("logback") && Files.exists(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));

    private static final RunningShop SHARED = start();

    private final Workspace workspace;
    private final Addresses addresses;
    private final Topology topology;

    private RunningShop(Workspace workspace, Addresses addresses) {
        this.workspace = workspace;
        this.addresses = addresses;
        this.topology = new Topology(workspace, addresses);
    }

    static RunningShop shared() {
        return SHARED;
    }

    private static RunningShop start() {
        var root = Path.of("..").toAbsolutePath().normalize();
        var workspace = Workspace.of(Map.of(
                "STRANGLER_HOME",
                root.toString(),
                "STRANGLER_STATE",
                Path.of("target", "shop-" + FORK).toAbsolutePath().toString()));
        var shop = new RunningShop(workspace, new Addresses(freeOffset()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shop.cli(Duration.ofMinutes(2), "down")));
        shop.cli(
                        UP_LIMIT,
                        "up",
                        "--detach",
                        "--fresh",
                        "--no-import",
                        "--port-offset",
                        String.valueOf(shop.addresses.portOffset()))
                .succeeded();
        return shop;
    }

    /** An offset at which all ports of the whole are free at this moment, and that the shop of another fork never has. */
    private static int freeOffset() {
        var random = RandomGenerator.getDefault();
        for (var attempt = 0; attempt < 50; attempt++) {
            var offset = 1_000 + (random.nextInt(10) * FORKS + FORK % FORKS) * 100;
            var ports = List.of(8080, 8081, 8090, 8091, 8092, 15432, 19092, 19093, 18083);
            if (ports.stream().allMatch(port -> isFree(port + offset))) {
                return offset;
            }
        }
        throw new AssertionError("No port offset with nine free ports was found in 50 attempts. End what listens.");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

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
    private Optional<String> sharedClasses(String verb) {
        if (Arrays.stream(COMMAND_CLASS_PATH.split(File.pathSeparator)).anyMatch(entry -> !entry.endsWith(".jar"))) {
            return Optional.empty();
        }
        var archive = Path.of("target", "commands-" + FORK + ".jsa").toAbsolutePath();
        if (verb.equals("up")) {
            return Optional.of("-XX:ArchiveClassesAtExit=" + archive);
        }
        return Files.exists(archive) ? Optional.of("-XX:SharedArchiveFile=" + archive) : Optional.empty();
    }

    /** Runs a command as the launcher would, and waits for its end. */
    Result cli(String... arguments) {
        return cli(Duration.ofMinutes(2), arguments);
    }

    Result cli(Duration limit, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstrangler.sandbox.speed=quick",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
        sharedClasses(arguments[0]).ifPresent(command::add);
        command.addAll(List.of("-cp", COMMAND_CLASS_PATH, "dev.strangler.cli.Strangler"));
        command.addAll(Arrays.asList(arguments));
        try {
            var out = Files.createTempFile("cli", ".out");
            var err = Files.createTempFile("cli", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("STRANGLER_HOME", workspace.root().toString());
            builder.environment().put("STRANGLER_STATE", workspace.state().toString());
            // No drill measures time, and three idle connectors at the prompt pace take half a core.
            builder.environment().put("RELAY_PACE", "thrifty");
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

    /** A new client of the public port, with cookies of its own. */
    Client client() {
        return new Client(Addresses.http(addresses.facade()));
    }

    /** A client that asks one side directly, past the façade. */
    Client directly(String side) {
        var port = Map.of("monolith", addresses.monolith(), "dam", addresses.dam(), "pim", addresses.pim())
                .get(side);
        return new Client(Addresses.http(Objects.requireNonNull(port, side)));
    }

    /** The control API, asked as the command line asks it; quicker than a command where no exit code matters. */
    ControlApi control() {
        return new ControlApi(Addresses.http(addresses.control()), this::token, ControlApi.Limits.DEFAULT);
    }

    private String token() {
        try {
            return Files.readString(workspace.token()).strip();
        } catch (IOException nothingRuns) {
            throw new UncheckedIOException(nothingRuns);
        }
    }

    /** A process of the whole, to kill and to start again. */
    Part part(String name) {
        return Objects.requireNonNull(topology.find(name), name).part();
    }

    PostgresServer postgres() {
        return (PostgresServer) part("postgres");
    }

    String kafka() {
        return "127.0.0.1:" + (19092 + addresses.portOffset());
    }

    int portOffset() {
        return addresses.portOffset();
    }
}
