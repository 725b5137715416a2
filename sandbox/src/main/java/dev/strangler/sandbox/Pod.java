package dev.strangler.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The network that the containers of one JVM share. Inside, each part listens on the very port under which this machine reaches it on 127.0.0.1:
 * an address that a test hands to a connector means the same in both. It is held by a container that does nothing else, since it would go with
 * a part that is killed.
 */
final class Pod {

    /** Its value is the sandbox's directory. */
    static final String LABEL = "dev.strangler.sandbox";

    /** Where the image of the worker listens. */
    static final int CONNECT_INSIDE = 8083;

    private final Path directory;
    private final Ports ports;
    private @Nullable GenericContainer<?> holder;

    Pod(Path directory, Ports ports) {
        this.directory = directory;
        this.ports = ports;
    }

    /** A container of the image that shall run in this network; not started. */
    synchronized GenericContainer<?> join(String image) {
        if (holder == null) {
            holder = hold();
        }
        return labelled(image)
                .withNetworkMode("container:" + holder.getContainerId())
                // Ports are the network's, and it has published them.
                .withCreateContainerCmdModifier(
                        command -> command.withExposedPorts().getHostConfig().withPublishAllPorts(false));
    }

    /** Call it when nobody runs in the network any more. */
    synchronized void remove() {
        if (holder != null) {
            holder.stop();
        }
    }

    /** One whose JVM is gone works for nobody. */
    static List<String> removeAbandoned(Path target) {
        var client = DockerClientFactory.lazyClient();
        var abandoned = client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec().stream()
                .filter(container -> isAbandoned(Path.of(container.getLabels().get(LABEL)), target))
                .map(Container::getId)
                .toList();
        abandoned.forEach(id -> remove(client, id));
        return abandoned;
    }

    private static boolean isAbandoned(Path directory, Path target) {
        return target.equals(directory.getParent()) && !TestSandbox.jvmLives(directory);
    }

    private static void remove(DockerClient client, String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException removedByAnother) {
            return;
        }
    }

    private GenericContainer<?> hold() {
        var container = labelled(PostgresContainer.IMAGE)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("sleep", "infinity"));
        container.setPortBindings(Stream.of(
                        published(ports.postgres(), ports.postgres()),
                        published(ports.kafka(), ports.kafka()),
                        published(ports.connect(), CONNECT_INSIDE))
                .toList());
        container.start();
        return container;
    }

    private static String published(int port, int inside) {
        return "127.0.0.1:%s:%s".formatted(port, inside);
    }

    private GenericContainer<?> labelled(String image) {
        return new GenericContainer<>(DockerImageName.parse(image)).withLabels(Map.of(LABEL, directory.toString()));
    }
}
