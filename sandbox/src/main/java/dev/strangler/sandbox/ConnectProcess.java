package dev.strangler.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** The worker as a child process, from Maven artefacts. */
final class ConnectProcess extends ChildPart implements ConnectWorker {

    private static final Duration UNTIL_READY = Duration.ofMinutes(2);

    private final Ports ports;
    private final Speed speed;
    private final Supplier<Optional<Guard>> guard;

    ConnectProcess(Path directory, Ports ports, Speed speed, Supplier<Optional<Guard>> guard) {
        super("connect", directory);
        this.speed = speed;
        this.ports = ports;
        this.guard = guard;
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + ports.connect());
    }

    @Override
    public void launch() {
        process().requireStopped();
        PortOwner.requireFree(name(), ports.connect());
        var plugins = Unpacked.ofThisUser()
                .tar("debezium", () -> Artefacts.ofThisMachine().openDebezium(), GZIPInputStream::new);
        var settings =
                KafkaFiles.write(directory(), "connect.properties", KafkaSettings.connect(ports, plugins, guard.get()));
        process()
                .launch(
                        jvm().command("org.apache.kafka.connect.cli.ConnectDistributed", settings.toString()),
                        Map.of(),
                        directory());
    }

    @Override
    void beforeEnd() {
        process().running().ifPresent(running -> jvm().archive().record(running.pid()));
    }

    private KafkaJvm jvm() {
        return new KafkaJvm(name(), directory(), speed, speed.memoryOfConnect());
    }

    @Override
    public void awaitReady() {
        process().await(UNTIL_READY, new HttpReadiness(uri().resolve("/connectors"))::answers);
    }
}
