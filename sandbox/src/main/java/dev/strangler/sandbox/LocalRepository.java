package dev.strangler.sandbox;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.Driver;

/** Finds the local Maven repository: what was said, else where a jar on the class path lies, else Maven's default. */
final class LocalRepository {

    private static final Path LAYOUT = Path.of("org", "postgresql", "postgresql");

    private LocalRepository() {}

    static Path find() {
        return said("maven.repo.local")
                .or(LocalRepository::besideTheDriver)
                .or(() -> said("localRepository"))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".m2", "repository"));
    }

    private static Optional<Path> said(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> besideTheDriver() {
        return Optional.ofNullable(Driver.class.getProtectionDomain().getCodeSource())
                .filter(source -> source.getLocation().getProtocol().equals("file"))
                .flatMap(source -> {
                    try {
                        return repositoryAbove(Path.of(source.getLocation().toURI()));
                    } catch (URISyntaxException e) {
                        return Optional.empty();
                    }
                });
    }

    static Optional<Path> repositoryAbove(Path jar) {
        return Stream.iterate(jar.getParent(), path -> path != null, Path::getParent)
                .filter(directory -> directory.endsWith(LAYOUT))
                .map(directory -> directory.resolve("../../..").normalize())
                .findFirst();
    }
}
