package dev.strangler.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A distributed Connect worker with the Debezium plugin for PostgreSQL; needs the broker. */
public final class ConnectWorker implements Part {

    private static final Duration UNTIL_READY = Duration.ofSeconds(120);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final Path directory;
    private final Ports ports;

    ConnectWorker(Path directory, Ports ports) {
        this.process = new ChildProcess("connect", directory);
        this.directory = directory.toAbsolutePath().normalize();
        this.ports = ports;
    }

    /** The root of the REST interface. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + ports.connect());
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.running().isPresent();
    }

    @Override
    public void start() {
        launch();
        awaitReady();
    }

    @Override
    public void stop() {
        process.stop("TERM", UNTIL_STOPPED);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public Path log() {
        return process.log();
    }

    void launch() {
        process.requireStopped();
        PortOwner.requireFree(name(), ports.connect());
        var plugins = Unpacked.ofThisUser()
                .tar("debezium", () -> Artefacts.ofThisMachine().openDebezium(), GZIPInputStream::new);
        var settings = KafkaFiles.write(directory, "connect.properties", KafkaSettings.connect(ports, plugins));
        process.launch(
                JavaCommand.kafka(
                        directory, "-Xmx512m", "org.apache.kafka.connect.cli.ConnectDistributed", settings.toString()),
                Map.of(),
                directory);
    }

    void awaitReady() {
        process.await(UNTIL_READY, new HttpReadiness(uri().resolve("/connectors"))::answers);
    }
}
