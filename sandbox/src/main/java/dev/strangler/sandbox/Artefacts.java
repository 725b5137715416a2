package dev.strangler.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The files that the child processes are made of. The build lists them relative to the local Maven repository; here the
 * list is resolved again, so that the sandbox carries no jar and names no machine.
 */
final class Artefacts {

    private static final String PLACEHOLDER = "repository:";

    private final Path repository;

    Artefacts(Path repository) {
        this.repository = repository;
    }

    static Artefacts ofThisMachine() {
        return new Artefacts(LocalRepository.find());
    }

    /** The broker's and Connect's jars, apart from the class path of this JVM. */
    List<Path> kafka() {
        return resolve(listed("kafka.classpath"));
    }

    /** Opens the archive of the Debezium plugin. */
    InputStream openDebezium() throws IOException {
        return Files.newInputStream(resolve(listed("debezium.classpath")).get(0));
    }

    List<Path> resolve(String listing) {
        var files = Arrays.stream(listing.trim().split(",", -1))
                .map(entry -> entry.startsWith(PLACEHOLDER)
                        ? repository.resolve(entry.substring(PLACEHOLDER.length() + 1))
                        : Path.of(entry))
                .toList();
        var missing = new ArrayList<Path>(files);
        missing.removeIf(Files::isReadable);
        if (!missing.isEmpty()) {
            throw new SandboxException(
                    "%d of %d files of the sandbox are missing in the Maven repository %s, e.g. %s. Build the module `sandbox` once with this repository, or name the right one with -Dmaven.repo.local=DIR."
                            .formatted(missing.size(), files.size(), repository, missing.get(0)));
        }
        return files;
    }

    private static String listed(String resource) {
        try (var stream = Artefacts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new SandboxException(
                        "The list %s is missing beside the sandbox's classes. The build writes it: run `mvn -pl sandbox compile`."
                                .formatted(resource));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SandboxException("Cannot read the list %s: %s".formatted(resource, e), e);
        }
    }
}
