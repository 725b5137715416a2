package dev.strangler.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;

/** The worker as a container, with the settings of the child process. */
final class ConnectContainer extends ContainerPart implements ConnectWorker {

    static final String IMAGE = "quay.io/debezium/connect:3.7.0.Final";

    private static final Duration UNTIL_READY = Duration.ofMinutes(3);

    /** Where the image has plug-ins and listens is its own affair. */
    private static final List<String> OF_THE_IMAGE =
            List.of("plugin.path", "listeners", "rest.advertised.host.name", "rest.advertised.port");

    /** These have names of their own in the image, which win over those of all others. */
    private static final List<String> NAMED = List.of(
            "bootstrap.servers",
            "group.id",
            "config.storage.topic",
            "offset.storage.topic",
            "status.storage.topic",
            "key.converter",
            "value.converter",
            "offset.flush.interval.ms");

    private final Pod pod;
    private final Ports ports;
    private final Speed speed;

    ConnectContainer(Path directory, Pod pod, Ports ports, Speed speed) {
        super("connect", directory);
        this.pod = pod;
        this.ports = ports;
        this.speed = speed;
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + ports.connect());
    }

    @Override
    GenericContainer<?> make() {
        var settings = KafkaSettings.connect(ports, Path.of("/kafka/connect"), Optional.empty());
        settings.keySet().removeAll(OF_THE_IMAGE);
        var container = pod.join(IMAGE)
                .withEnv(KafkaVariables.of("CONNECT_", settings))
                .withEnv("ADVERTISED_HOST_NAME", "127.0.0.1")
                .withEnv("HEAP_OPTS", String.join(" ", speed.memoryOfConnect()))
                .withEnv("KAFKA_OPTS", String.join(" ", speed.options()));
        NAMED.forEach(name -> container.withEnv(KafkaVariables.variable("", name), settings.get(name)));
        return container;
    }

    @Override
    public void awaitReady() {
        await(UNTIL_READY, new HttpReadiness(uri().resolve("/connectors"))::answers);
    }
}
