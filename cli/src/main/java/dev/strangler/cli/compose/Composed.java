package dev.strangler.cli.compose;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.up.PartState;
import dev.strangler.cli.up.Whole;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The system as the compose file of the project describes it. What runs is asked of the engine every time, addresses and the token
 * included, so whatever the environment said when it was started holds.
 */
public final class Composed implements Whole {

    private static final String LABEL = "label=com.docker.compose.";
    private static final Duration UNTIL_READY = Duration.ofMinutes(6);
    private static final Duration UNTIL_BUILT = Duration.ofMinutes(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** In the order of their dependence; by how their names begin, since there may be several of a kind. */
    private static final List<String> ORDER =
            List.of("postgres", "kafka", "connect", "monolith", "dam", "pim", "facade");

    private static final int PUBLIC_PORT = 8080;
    private static final int CONTROL_PORT = 8081;
    private static final int KAFKA_PORT = 19_092;

    private final Path root;
    private final Map<String, String> environment;
    private final Docker docker;

    /**
     * @param root where the compose file lies
     * @param environment {@code COMPOSE_PROJECT_NAME} tells apart what was started from the same directory more than once
     */
    public Composed(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
        this.docker = new Docker(root);
    }

    /**
     * Builds the images from the jars, starts what does not run, and returns when every container can be used.
     *
     * @param fresh whether the data of earlier runs is deleted first
     * @param said is told of each container that has become ready
     * @throws CommandFailure FAILED if one is not ready in time, with how each is
     */
    public void up(boolean fresh, Consumer<String> said) {
        if (fresh) {
            compose("down", "--volumes", "--remove-orphans");
        }
        compose("up", "--build", "--detach", "--remove-orphans");
        var ready = new ArrayList<String>();
        await(() -> {
            var states = states();
            states.stream()
                    .filter(state -> state.state().equals("ready") && !ready.contains(state.name()))
                    .forEach(state -> {
                        ready.add(state.name());
                        said.accept("  %-18s ready".formatted(state.name()));
                    });
            return !states.isEmpty() && ready.size() >= states.size();
        });
    }

    /** Ends and removes the containers; the data stays in its volumes. */
    public void down() {
        compose("down", "--remove-orphans");
    }

    /**
     * Shows the end of what a container has written.
     *
     * @param isFollowed whether to go on with what comes
     * @return the exit code of the engine's command
     */
    public int logs(String service, int lines, boolean isFollowed) {
        var arguments = new ArrayList<>(List.of("logs", "--tail", String.valueOf(lines)));
        if (isFollowed) {
            arguments.add("--follow");
        }
        arguments.add(container(service).id());
        return docker.show(arguments);
    }

    /**
     * What a command says that runs in a container.
     *
     * @throws CommandFailure UNREACHABLE without that container, FAILED if the command fails, with what it said
     */
    public String inside(String service, List<String> command) {
        var arguments = new ArrayList<>(List.of("exec", container(service).id()));
        arguments.addAll(command);
        return docker.ask(arguments);
    }

    /** The token with which the façade was started; empty when it has none. */
    public String token() {
        return container("facade").environment().getOrDefault("STRANGLER_TOKEN", "");
    }

    @Override
    public List<PartState> states() {
        return containers().stream().map(Container::state).toList();
    }

    @Override
    public List<String> victims(String service) {
        var wanted = List.of("facade", "monolith", service);
        var databases = List.of("postgres-monolith", "postgres-" + service, "postgres-facade");
        var others = containers().stream()
                .map(Container::service)
                .filter(name -> name.startsWith("connect") || name.startsWith("kafka") || databases.contains(name))
                .sorted();
        return Stream.concat(wanted.stream(), others).toList();
    }

    @Override
    public Mortal mortal(String name) {
        var id = container(name).id();
        return new Mortal() {
            @Override
            public void kill() {
                docker.ask(List.of("kill", id));
            }

            @Override
            public void start() {
                docker.ask(List.of("start", id));
                await(() -> container(name).isHealthy());
            }
        };
    }

    @Override
    public URI facade() {
        return http("facade", PUBLIC_PORT);
    }

    @Override
    public URI control() {
        return http("facade", CONTROL_PORT);
    }

    @Override
    public URI side(String name) {
        return http(name, container(name).ports().firstKey());
    }

    @Override
    public String kafka() {
        return containers().stream()
                .filter(container -> container.service().startsWith("kafka"))
                .flatMap(container -> container.ports().values().stream())
                .map(port -> "127.0.0.1:" + port)
                .reduce((one, other) -> one + "," + other)
                .orElseThrow(() -> absent("kafka, port " + KAFKA_PORT));
    }

    private URI http(String service, int inside) {
        var port = container(service).ports().get(inside);
        if (port == null) {
            throw absent("%s, port %d".formatted(service, inside));
        }
        return URI.create("http://127.0.0.1:" + port);
    }

    private Container container(String service) {
        return containers().stream()
                .filter(container -> container.service().equals(service))
                .findFirst()
                .orElseThrow(() -> absent(service));
    }

    private CommandFailure absent(String what) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "No container of %s belongs to %s. Start everything with ./strangler --compose up; what was started under another project name is found with COMPOSE_PROJECT_NAME set."
                        .formatted(what, root));
    }

    private List<Container> containers() {
        var project = environment.getOrDefault("COMPOSE_PROJECT_NAME", "");
        var ours = project.isEmpty() ? LABEL + "project.working_dir=" + root : LABEL + "project=" + project;
        var ids = docker.ask(List.of("ps", "--all", "--quiet", "--filter", ours, "--filter", LABEL + "oneoff=False"))
                .lines()
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        var arguments = new ArrayList<>(List.of("inspect"));
        arguments.addAll(ids);
        return new JsonMapper()
                .readTree(docker.ask(arguments)).values().stream()
                        .map(Container::of)
                        .sorted(Comparator.comparingInt(Composed::place).thenComparing(Container::service))
                        .toList();
    }

    private static int place(Container container) {
        return (int) ORDER.stream()
                .takeWhile(kind -> !container.service().startsWith(kind))
                .count();
    }

    private void compose(String... arguments) {
        var command = new ArrayList<>(docker.compose());
        command.addAll(List.of(arguments));
        docker.tell(command, UNTIL_BUILT);
    }

    private void await(BooleanSupplier isReached) {
        var end = System.nanoTime() + UNTIL_READY.toNanos();
        while (!isReached.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "Not everything is ready after %d s: %s. Look into ./strangler --compose logs NAME."
                                .formatted(
                                        UNTIL_READY.toSeconds(),
                                        states().stream()
                                                .map(state -> state.name() + " is " + state.state())
                                                .toList()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
