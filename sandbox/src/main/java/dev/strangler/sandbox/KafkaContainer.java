package dev.strangler.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;

/** The broker as a container, with the settings of the child process. */
final class KafkaContainer extends ContainerPart implements KafkaBroker {

    static final String IMAGE = "apache/kafka:4.3.1";

    private static final Duration UNTIL_READY = Duration.ofMinutes(2);
    private static final Path DATA = Path.of("/var/lib/kafka/data");

    private final Pod pod;
    private final Ports ports;
    private final Speed speed;

    KafkaContainer(Path directory, Pod pod, Ports ports, Speed speed) {
        super("kafka", directory);
        this.pod = pod;
        this.ports = ports;
        this.speed = speed;
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public String guardedServers() {
        throw new SandboxException("The broker in a container has no guarded listener. Ask a guarded Sandbox for one.");
    }

    @Override
    GenericContainer<?> make() {
        var settings = KafkaSettings.broker(ports, DATA, Optional.empty());
        // What is published arrives from outside the container.
        settings.put(
                "listeners",
                "PLAINTEXT://:%s,CONTROLLER://127.0.0.1:%s".formatted(ports.kafka(), ports.kafkaController()));
        return pod.join(IMAGE)
                .withEnv(KafkaVariables.of("KAFKA_", settings))
                .withEnv("CLUSTER_ID", KafkaProcess.CLUSTER_ID)
                .withEnv("KAFKA_HEAP_OPTS", "-Xmx512m")
                .withEnv("KAFKA_OPTS", String.join(" ", speed.options()));
    }

    @Override
    public void awaitReady() {
        await(UNTIL_READY, this::answers);
    }

    @Override
    public boolean answers() {
        return Sockets.accepts(ports.kafka()) && KafkaBroker.super.answers();
    }
}
