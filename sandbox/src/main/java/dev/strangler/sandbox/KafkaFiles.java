package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings as the properties files that the broker and Connect read. */
final class KafkaFiles {

    private KafkaFiles() {}

    static Path write(Path directory, String name, Map<String, String> settings) {
        var text = new TreeMap<>(settings)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                        .collect(Collectors.joining("\n", "# Written at every start; changes here are lost.\n", "\n"));
        return write(directory, name, text);
    }

    static Path write(Path directory, String name, String text) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new SandboxException("Cannot write %s in %s: %s".formatted(name, directory, e), e);
        }
    }
}
