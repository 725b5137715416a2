package dev.strangler.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL, a Kafka broker and a Connect worker as containers of public images, with the settings of the {@link Sandbox} and at addresses of the
 * same shape. Data lives in the containers and goes with them; logs lie in the directory.
 */
final class Containers {

    private final Pod pod;
    private final PostgresContainer postgres;
    private final KafkaContainer kafka;
    private final ConnectContainer connect;

    private Containers(Path directory, Ports ports, Speed speed) {
        this.pod = new Pod(directory, ports);
        this.postgres = new PostgresContainer(directory, pod, ports.postgres());
        this.kafka = new KafkaContainer(directory, pod, ports, speed);
        this.connect = new ConnectContainer(directory, pod, ports, speed);
    }

    /** Starts nothing. What the containers write comes to lie in the directory. */
    static Containers in(Path directory, Ports ports, Speed speed) {
        return new Containers(directory.toAbsolutePath().normalize(), ports, speed);
    }

    PostgresServer postgres() {
        return postgres;
    }

    KafkaBroker kafka() {
        return kafka;
    }

    ConnectWorker connect() {
        return connect;
    }

    /** Removes the containers with their data; side by side because a test JVM has only so long to end. */
    void discard() {
        Stream.<ContainerPart>of(connect, kafka, postgres).parallel().forEach(ContainerPart::remove);
        pod.remove();
    }

    /** Removes what JVMs left that were killed outright, by the directories that they worked in. */
    static List<String> discardAbandoned(Path target) {
        return Pod.removeAbandoned(target);
    }
}
