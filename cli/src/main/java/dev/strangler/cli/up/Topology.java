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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the whole consists of, and what each part is told about the others: three parts of infrastructure, the shop, the
 * two services that take it over, and the façade. Starts nothing; finds what another process has started.
 */
public final class Topology implements Whole {

    private static final String SECOND_FACADE = "facade-2";

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

    /** All parts in the order of their dependence: ending goes the other way. The second façade is among them while it runs. */
    public List<Member> members() {
        var second = Stream.of(secondFacade()).filter(member -> member.part().isRunning());
        return Stream.of(infrastructure().stream(), applications().stream(), second)
                .flatMap(Function.identity())
                .toList();
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
                door("facade", addresses.facade(), addresses.control()));
    }

    /** One more façade beside the first, over the same control database. Only rehearsals start it. */
    Member secondFacade() {
        return door(SECOND_FACADE, addresses.secondFacade(), addresses.secondControl());
    }

    private Member service(String name, String room, int port, String heap) {
        var readiness = Addresses.http(port).resolve("/actuator/health/readiness");
        return member(name, room, port, List.of(port), heap, readiness, settlement.service(name, port));
    }

    private Member door(String name, int port, int control) {
        var readiness = Addresses.http(control).resolve("/control/health");
        return member(
                name, "facade", port, List.of(port, control), "-Xmx256m", readiness, settlement.facade(port, control));
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
        return everybody(service);
    }

    /** Everybody who takes part: the façade that leads, one that does not, both sides, what carries events, and all databases. */
    public static List<String> everybody(String service) {
        return List.of("facade", SECOND_FACADE, "monolith", service, "connect", "kafka", "postgres");
    }

    @Override
    public Optional<Another> anotherFacade() {
        var member = secondFacade();
        return Optional.of(new Another() {
            @Override
            public URI facade() {
                return Addresses.http(member.port());
            }

            @Override
            public void start() {
                stop();
                member.part().start();
            }

            @Override
            public void stop() {
                if (member.part().isRunning()) {
                    member.part().stop();
                }
            }
        });
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
    public String programs() {
        return Programs.digest(rooms().stream().map(this::copyOf).toList());
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

    /** The part of this name, whether or not it runs. */
    public @Nullable Member find(String name) {
        return name.equals(SECOND_FACADE) ? secondFacade() : named(name);
    }

    private @Nullable Member named(String name) {
        return members().stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
