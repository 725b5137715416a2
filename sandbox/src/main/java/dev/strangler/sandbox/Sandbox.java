package dev.strangler.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL, a Kafka broker and a Connect worker in one directory: configuration, logs, pid files and data lie there and
 * nowhere else.
 */
public final class Sandbox implements AutoCloseable {

    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final ConnectWorker connect;

    private Sandbox(Path directory, Ports ports) {
        this.postgres = new PostgresServer(directory, ports.postgres());
        this.kafka = new KafkaBroker(directory, ports);
        this.connect = new ConnectWorker(directory, ports);
    }

    /** The sandbox of a directory; starts nothing, and finds processes that another JVM started there. */
    public static Sandbox in(Path directory, Ports ports) {
        return new Sandbox(directory, ports);
    }

    /** The database server. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** The broker. */
    public KafkaBroker kafka() {
        return kafka;
    }

    /** The worker. */
    public ConnectWorker connect() {
        return connect;
    }

    /** The three parts in the order in which they are started. */
    public List<Part> parts() {
        return List.of(postgres, kafka, connect);
    }

    /** Starts the three side by side and returns when all answer. */
    public void start() {
        kafka.launch();
        connect.launch();
        postgres.launch();
        postgres.awaitReady();
        kafka.awaitReady();
        connect.awaitReady();
    }

    /** Stops what runs, in reverse order. */
    @Override
    public void close() {
        connect.stop();
        kafka.stop();
        postgres.stop();
    }
}
