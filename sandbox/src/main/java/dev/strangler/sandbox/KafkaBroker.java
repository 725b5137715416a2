package dev.strangler.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One KRaft broker, which is also its own controller. */
public final class KafkaBroker extends ChildPart {

    /** Fixed, so that data and worker of a directory always belong to the same cluster. */
    private static final String CLUSTER_ID = "c3RyYW5nbGVyLWtpdC0wMA";

    private static final Duration UNTIL_READY = Duration.ofSeconds(90);
    private static final Duration FOR_AN_ANSWER = Duration.ofSeconds(5);
    private static final Duration FOR_A_TOPIC = Duration.ofSeconds(30);
    private static final Duration UNTIL_FORMATTED = Duration.ofMinutes(1);

    private final Ports ports;
    private final Speed speed;
    private final Supplier<Optional<Guard>> guard;

    KafkaBroker(Path directory, Ports ports, Speed speed, Supplier<Optional<Guard>> guard) {
        super("kafka", directory);
        this.speed = speed;
        this.ports = ports;
        this.guard = guard;
    }

    /** Where clients ask first: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    /** Where clients ask first that say who they are; nobody listens there unless the sandbox is guarded. */
    public String guardedServers() {
        return "127.0.0.1:" + ports.kafkaGuarded();
    }

    /** Creates a topic with one replica; one that exists already is left as it is. */
    public void createTopic(String name, int partitions) {
        try {
            KafkaApart.questions().createTopic(bootstrapServers(), name, partitions, FOR_A_TOPIC);
        } catch (IllegalStateException e) {
            throw new SandboxException(e.getMessage() + ". Is the broker running? Its log is " + log(), e);
        }
    }

    @Override
    void launch() {
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
    void awaitReady() {
        process().await(UNTIL_READY, this::answers);
    }

    private boolean answers() {
        return Sockets.accepts(ports.kafka()) && KafkaApart.questions().answers(bootstrapServers(), FOR_AN_ANSWER);
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
