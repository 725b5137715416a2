package dev.strangler.cli.up;

import dev.strangler.cli.workspace.Addresses;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.sandbox.JavaApplication;
import dev.strangler.sandbox.Part;
import dev.strangler.sandbox.Ports;
import dev.strangler.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the whole consists of, and what each part is told about the others: three parts of infrastructure, the shop, the
 * two services that take it over, and the façade. Starts nothing; finds what another process has started.
 */
public final class Topology implements Whole {

    private static final Duration UNTIL_READY = Duration.ofMinutes(4);

    private final Workspace workspace;
    private final Addresses addresses;
    private final Sandbox sandbox;
    private final Settlement settlement;

    /** The parts of this workspace at these addresses. */
    public Topology(Workspace workspace, Addresses addresses) {
        this.workspace = workspace;
        this.addresses = addresses;
        this.sandbox =
                Sandbox.guarded(workspace.state(), Ports.offset(addresses.portOffset()), this::passwordsAtBroker);
        this.settlement = new Settlement(workspace, addresses, sandbox);
    }

    private Map<String, String> passwordsAtBroker() {
        return settlement.passwordsAtBroker();
    }

    /** PostgreSQL, Kafka and Connect. */
    Sandbox sandbox() {
        return sandbox;
    }

    Settlement settlement() {
        return settlement;
    }

    /** All parts in the order of their dependence: ending goes the other way. */
    public List<Member> members() {
        return Stream.concat(infrastructure().stream(), applications().stream()).toList();
    }

    List<Member> infrastructure() {
        var postgres = sandbox.postgres();
        var ports = sandbox.ports();
        return List.of(
                new Member(postgres, ports.postgres(), "postgresql://127.0.0.1:" + ports.postgres(), null),
                new Member(sandbox.kafka(), ports.kafka(), sandbox.kafka().bootstrapServers(), null),
                new Member(
                        sandbox.connect(),
                        ports.connect(),
                        sandbox.connect().uri().toString(),
                        sandbox.connect().uri().resolve("/connectors")));
    }

    List<Member> applications() {
        return List.of(
                service("monolith", "monolith", addresses.monolith(), "-Xmx512m"),
                service("dam", "extracted-dam-service", addresses.dam(), "-Xmx512m"),
                service("pim", "extracted-pim-service", addresses.pim(), "-Xmx256m"),
                door());
    }

    private Member service(String name, String room, int port, String heap) {
        var readiness = Addresses.http(port).resolve("/actuator/health/readiness");
        return member(name, room, port, List.of(port), heap, readiness, settlement.service(name, port));
    }

    private Member door() {
        var readiness = Addresses.http(addresses.control()).resolve("/control/health");
        var ports = List.of(addresses.facade(), addresses.control());
        return member("facade", "facade", addresses.facade(), ports, "-Xmx256m", readiness, settlement.facade());
    }

    private Member member(
            String name,
            String room,
            int port,
            List<Integer> ports,
            String heap,
            URI readiness,
            Map<String, String> environment) {
        var launch = JavaApplication.Launch.of(copyOf(room), environment, workspace.state(), readiness)
                .withOptions(List.of(
                        heap,
                        // Two cores are shared by everything, and somebody waits for the start: the serial collector
                        // and the
                        // quick compiler start fastest and take the least memory. Peak throughput is not what a sandbox
                        // is for.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.awt.headless=true"))
                .withPorts(ports)
                .within(UNTIL_READY);
        Part application = JavaApplication.in(workspace.state(), name, launch);
        return new Member(application, port, Addresses.http(port).toString(), readiness);
    }

    /** Where the jar of a room lies that is run: a build must not pull the ground from under what runs. */
    Path copyOf(String room) {
        return workspace.jars().resolve(workspace.built(room).getFileName());
    }

    /** The rooms whose jars are run. */
    static List<String> rooms() {
        return List.of("monolith", "extracted-dam-service", "extracted-pim-service", "facade");
    }

    @Override
    public List<PartState> states() {
        return PartStates.of(this);
    }

    @Override
    public List<String> victims(String service) {
        return List.of("facade", "monolith", service, "connect", "kafka", "postgres");
    }

    @Override
    public Mortal mortal(String name) {
        var member = find(name);
        if (member == null) {
            throw new IllegalArgumentException("There is no part '%s'.".formatted(name));
        }
        var part = member.part();
        return new Mortal() {
            @Override
            public void kill() {
                part.kill();
            }

            @Override
            public void start() {
                part.start();
            }
        };
    }

    @Override
    public URI facade() {
        return Addresses.http(addresses.facade());
    }

    @Override
    public URI control() {
        return Addresses.http(addresses.control());
    }

    @Override
    public URI side(String name) {
        return switch (name) {
            case "monolith" -> Addresses.http(addresses.monolith());
            case "dam" -> Addresses.http(addresses.dam());
            case "pim" -> Addresses.http(addresses.pim());
            default -> throw new IllegalArgumentException("There is no side '%s'.".formatted(name));
        };
    }

    @Override
    public String kafka() {
        return sandbox.kafka().bootstrapServers();
    }

    /** The part of this name. */
    public @Nullable Member find(String name) {
        return members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
