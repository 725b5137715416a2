package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What a sandbox's directory remembers of its last start, for whoever finds it later. */
final class State {

    private static final String FILE = "sandbox.properties";

    private State() {}

    static void write(Path directory, Ports ports) {
        KafkaFiles.write(
                directory,
                FILE,
                Map.of(
                        "port.postgres", Integer.toString(ports.postgres()),
                        "port.kafka", Integer.toString(ports.kafka()),
                        "port.kafka-controller", Integer.toString(ports.kafkaController()),
                        "port.kafka-guarded", Integer.toString(ports.kafkaGuarded()),
                        "port.connect", Integer.toString(ports.connect())));
    }

    static Optional<Ports> ports(Path directory) {
        var file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var reader = Files.newBufferedReader(file)) {
            var state = new Properties();
            state.load(reader);
            // Written by a release without that listener.
            state.putIfAbsent("port.kafka-guarded", "0");
            return Optional.of(new Ports(
                    port(state, "postgres"),
                    port(state, "kafka"),
                    port(state, "kafka-controller"),
                    port(state, "kafka-guarded"),
                    port(state, "connect")));
        } catch (IOException | NumberFormatException e) {
            throw new SandboxException(
                    "Cannot read the state of the sandbox in %s: %s. Delete that file.".formatted(file, e), e);
        }
    }

    private static int port(Properties state, String part) {
        return Integer.parseInt(state.getProperty("port." + part, ""));
    }
}
