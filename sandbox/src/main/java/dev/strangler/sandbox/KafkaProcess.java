package dev.strangler.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The broker as a child process, from Maven artefacts. */
final class KafkaProcess extends ChildPart implements KafkaBroker {

    /** Fixed, so that data and worker of a directory always belong to the same cluster. */
    static final String CLUSTER_ID = "c3RyYW5nbGVyLWtpdC0wMA";

    private static final Duration UNTIL_READY = Duration.ofSeconds(90);
    private static final Duration UNTIL_FORMATTED = Duration.ofMinutes(1);

    private final Ports ports;
    private final Speed speed;
    private final Supplier<Optional<Guard>> guard;

    KafkaProcess(Path directory, Ports ports, Speed speed, Supplier<Optional<Guard>> guard) {
        super("kafka", directory);
        this.speed = speed;
        this.ports = ports;
        this.guard = guard;
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    @Override
    public String guardedServers() {
        return "127.0.0.1:" + ports.kafkaGuarded();
    }

    @Override
    public void launch() {
        process().requireStopped();
        PortOwner.requireFree(name(), ports.kafka());
        PortOwner.requireFree(name(), ports.kafkaController());
        var guarding = guard.get();
        if (guarding.isPresent()) {
            PortOwner.requireFree(name(), ports.kafkaGuarded());
        }
        var settings = KafkaFiles.write(directory(), "kafka.properties", KafkaSettings.broker(ports, data(), guarding));
        if (!Files.exists(data().resolve("meta.properties"))) {
            format(settings);
        }
        process().launch(jvm().command("kafka.Kafka", settings.toString()), Map.of(), directory());
    }

    @Override
    void beforeEnd() {
        process().running().ifPresent(running -> jvm().archive().record(running.pid()));
    }

    private KafkaJvm jvm() {
        return new KafkaJvm(name(), directory(), speed, List.of("-Xmx512m"));
    }

    @Override
    public void awaitReady() {
        process().await(UNTIL_READY, this::answers);
    }

    @Override
    public boolean answers() {
        return Sockets.accepts(ports.kafka()) && KafkaBroker.super.answers();
    }

    private void format(Path settings) {
        Directories.delete(data());
        var command = jvm().command(
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id",
                        CLUSTER_ID,
                        "--config",
                        settings.toString());
        process().prepare(command, Map.of(), UNTIL_FORMATTED);
    }
}
