package dev.strangler.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** The database server as a container, with the settings of the child process. */
final class PostgresContainer extends ContainerPart implements PostgresServer {

    static final String IMAGE = "postgres:18";

    private static final Duration UNTIL_READY = Duration.ofMinutes(2);
    private static final String SETTINGS = "/etc/sandbox/postgresql.conf";

    private final Pod pod;
    private final int port;

    PostgresContainer(Path directory, Pod pod, int port) {
        super("postgres", directory);
        this.pod = pod;
        this.port = port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    GenericContainer<?> make() {
        return pod.join(IMAGE)
                .withEnv("POSTGRES_PASSWORD", Superuser.PASSWORD)
                .withEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8")
                .withEnv("TZ", "UTC")
                .withCopyToContainer(Transferable.of(PostgresSettings.of(port)), SETTINGS)
                .withCommand(
                        "postgres",
                        "-c",
                        "config_file=" + SETTINGS,
                        // What is published arrives from outside the container, and its set-up comes over the socket.
                        "-c",
                        "listen_addresses=*",
                        "-c",
                        "unix_socket_directories=/var/run/postgresql")
                // The fast shutdown: TERM would wait until the last client has gone.
                .withCreateContainerCmdModifier(command -> command.withStopSignal("SIGINT"));
    }

    @Override
    public void awaitReady() {
        await(UNTIL_READY, this::answers);
    }
}
