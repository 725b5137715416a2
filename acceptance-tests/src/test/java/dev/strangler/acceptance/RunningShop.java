package dev.strangler.acceptance;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.up.Topology;
import dev.strangler.cli.workspace.Addresses;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.Part;
import dev.strangler.sandbox.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The whole system as a user starts it: {@code strangler up}, in processes of its own, once per JVM. Drills share it, so each works with assets
 * and products of its own.
 */
final class RunningShop implements Shop {

    private static final Duration UP_LIMIT = Duration.ofMinutes(6);
    /** More JVMs than that are never at it at once. */
    private static final int FORKS = 3;

    /** Browsers open no page there, whoever listens; of the ports they shun the only one within reach. */
    private static final int UNSAFE = 10_080;

    private static final RunningShop SHARED = start();

    private final Workspace workspace;
    private final Addresses addresses;
    private final Topology topology;
    private final ControlApi control;

    private RunningShop(Workspace workspace, Addresses addresses) {
        this.workspace = workspace;
        this.addresses = addresses;
        this.topology = new Topology(workspace, addresses);
        this.control = new ControlApi(Addresses.http(addresses.control()), this::token, ControlApi.Limits.DEFAULT);
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
                Path.of("target", "shop-" + CommandLine.FORK).toAbsolutePath().toString()));
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
            var offset = 1_000 + (random.nextInt(10) * FORKS + CommandLine.FORK % FORKS) * 100;
            var ports = List.of(8080, 8081, 8082, 8083, 8090, 8091, 8092, 15432, 19092, 19093, 19094, 18083);
            if (ports.stream().allMatch(port -> isFree(port + offset)) && !ports.contains(UNSAFE - offset)) {
                return offset;
            }
        }
        throw new AssertionError("No port offset with eleven free ports was found in 50 attempts. End what listens.");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public CommandLine.Result cli(Duration limit, String... arguments) {
        return CommandLine.run(
                Map.of(
                        "STRANGLER_HOME",
                        workspace.root().toString(),
                        "STRANGLER_STATE",
                        workspace.state().toString()),
                limit,
                arguments);
    }

    @Override
    public Client client() {
        return new Client(Addresses.http(addresses.facade()));
    }

    /** Where people come in. */
    URI address() {
        return Addresses.http(addresses.facade());
    }

    @Override
    public Client directly(String side) {
        var port = Map.of("monolith", addresses.monolith(), "dam", addresses.dam(), "pim", addresses.pim())
                .get(side);
        return new Client(Addresses.http(Objects.requireNonNull(port, side)));
    }

    @Override
    public ControlApi control() {
        return control;
    }

    /** Where operators find the console. */
    URI console() {
        return Addresses.http(addresses.control());
    }

    /** The token that lets a switcher in. */
    String consoleToken() {
        return token();
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

    /** The worker. */
    URI connect() {
        return Addresses.http(18_083 + addresses.portOffset());
    }

    String kafka() {
        return "127.0.0.1:" + (19092 + addresses.portOffset());
    }

    /** A Kafka client that says who it is. */
    Map<String, Object> kafkaAs(String name, String password) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + (19094 + addresses.portOffset()),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(name, password));
    }

    int portOffset() {
        return addresses.portOffset();
    }
}
