package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One KRaft broker, which is also its own controller. */
public final class KafkaBroker implements Part {

    /** Fixed, so that data and worker of a directory always belong to the same cluster. */
    private static final String CLUSTER_ID = "c3RyYW5nbGVyLWtpdC0wMA";

    private static final Duration UNTIL_READY = Duration.ofSeconds(90);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);
    private static final Duration FOR_AN_ANSWER = Duration.ofSeconds(5);
    private static final Duration FOR_A_TOPIC = Duration.ofSeconds(30);
    private static final int SECONDS_TO_FORMAT = 60;

    private final ChildProcess process;
    private final Path directory;
    private final Ports ports;

    KafkaBroker(Path directory, Ports ports) {
        this.process = new ChildProcess("kafka", directory);
        this.directory = directory.toAbsolutePath().normalize();
        this.ports = ports;
    }

    /** Where clients ask first: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
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

    Path data() {
        return directory.resolve("data").resolve(process.name());
    }

    void launch() {
        process.requireStopped();
        PortOwner.requireFree(name(), ports.kafka());
        PortOwner.requireFree(name(), ports.kafkaController());
        var settings = KafkaFiles.write(directory, "kafka.properties", KafkaSettings.broker(ports, data()));
        if (!Files.exists(data().resolve("meta.properties"))) {
            format(settings);
        }
        process.launch(
                JavaCommand.kafka(directory, "-Xmx512m", "kafka.Kafka", settings.toString()), Map.of(), directory);
    }

    void awaitReady() {
        process.await(UNTIL_READY, this::answers);
    }

    private boolean answers() {
        return Sockets.accepts(ports.kafka()) && KafkaApart.questions().answers(bootstrapServers(), FOR_AN_ANSWER);
    }

    private void format(Path settings) {
        Directories.delete(data());
        var command = JavaCommand.kafka(
                directory,
                "-XX:TieredStopAtLevel=1",
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                CLUSTER_ID,
                "--config",
                settings.toString());
        run(command);
    }

    private void run(List<String> command) {
        try {
            var formatting = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            if (!formatting.waitFor(SECONDS_TO_FORMAT, TimeUnit.SECONDS) || formatting.exitValue() != 0) {
                formatting.destroyForcibly();
                throw new SandboxException("Cannot format Kafka's storage in %s (limit %d s). The end of %s:%n%s"
                        .formatted(data(), SECONDS_TO_FORMAT, log(), process.logTail()));
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot format Kafka's storage in %s: %s".formatted(data(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while formatting Kafka's storage", e);
        }
    }
}
