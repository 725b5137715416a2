package dev.strangler.sandbox;

import java.net.URI;

/**
 * Real infrastructure for one test class. The parts start when they are first asked for, once per JVM; a class has
 * databases and topics of its own.
 */
public interface Infrastructure {

    /** The fresh database of this test class, created at the first call and left when the class ends. */
    Database database();

    /** A further one. */
    Database database(String suffix);

    /** Where Kafka clients ask first; starts the broker at the first call. */
    String bootstrapServers();

    /** Connect's REST interface; starts the worker, and PostgreSQL and the broker with it, at the first call. */
    URI connect();

    /** A topic name of this class's own; creates nothing. */
    String topic(String suffix);

    /** Creates a topic with one replica; one that exists already is left as it is. */
    void createTopic(String name, int partitions);

    /** The database server, to kill and to start again; started at the first call. */
    PostgresServer postgresServer();

    /** The broker, to kill and to start again; started at the first call. */
    KafkaBroker kafkaBroker();

    /** The worker, to kill and to start again; started at the first call. */
    ConnectWorker connectWorker();

    /**
     * The infrastructure of the test class that runs now, for places into which nothing is injected
     * (Spring's {@code @DynamicPropertySource}).
     *
     * @throws SandboxException if no class with {@link WithInfrastructure} runs
     */
    static Infrastructure current() {
        return InfrastructureExtension.current();
    }
}
