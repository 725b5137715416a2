package dev.strangler.pim;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What both services share is written twice, since neither may import the other. It stays the same, so that a newcomer who
 * has read one has read both: change the other too, or give the class a name of its own.
 */
class TwinsTest {

    private static final Path PIM = Path.of("src/main/java/dev/strangler/pim");
    private static final Path DAM = Path.of("../extracted-dam-service/src/main/java/dev/strangler/dam");

    @ParameterizedTest
    @ValueSource(strings = {"web", "search"})
    void the_packages_are_the_same_in_both_services(String folder) throws IOException {
        assertThat(sources(PIM.resolve(folder))).isNotEmpty().isEqualTo(sources(DAM.resolve(folder)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake/Latest.java", "intake/Rebuilding.java", "intake/RebuildRequests.java"})
    void the_classes_are_the_same_in_both_services(String file) throws IOException {
        assertThat(source(PIM.resolve(file))).isEqualTo(source(DAM.resolve(file)));
    }

    @Test
    void a_difference_would_be_seen() throws IOException {
        assertThat(source(PIM.resolve("intake/Translation.java")))
                .isNotEqualTo(source(DAM.resolve("intake/Translation.java")));
    }

    private static Map<String, String> sources(Path folder) throws IOException {
        var sources = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                sources.put(file.getFileName().toString(), source(file));
            }
        }
        return sources;
    }

    /** Without the imports, which are sorted by the name of the service too. */
    private static String source(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("import "))
                .map(line -> line.replace("dev.strangler.dam", "dev.strangler.pim"))
                .collect(joining("\n"));
    }
}
