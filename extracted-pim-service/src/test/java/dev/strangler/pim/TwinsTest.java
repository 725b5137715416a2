package dev.strangler.pim;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the services rebuild by is written twice, since neither may import the other. It stays the same, so that a newcomer who
 * has read one has read both: change the other too, or give the class a name of its own.
 */
class TwinsTest {

    private static final Path PIM = Path.of("src/main/java/dev/strangler/pim");
    private static final Path DAM = Path.of("../extracted-dam-service/src/main/java/dev/strangler/dam");

    @ParameterizedTest
    @ValueSource(strings = {"intake/Latest.java", "intake/Rebuilding.java", "intake/RebuildRequests.java"})
    void the_classes_are_the_same_in_both_services(String file) throws IOException {
        assertThat(source(PIM.resolve(file))).isEqualTo(source(DAM.resolve(file)));
    }

    /** The monolith's conversation proves something only while both sides hold it by the same rules. */
    @Test
    void both_sides_hold_the_conversation_alike() throws IOException {
        var here = Path.of("src/test/java/dev/strangler/pim/products/Conversation.java");
        var there = Path.of("../monolith/src/test/java/dev/strangler/monolith/products/Conversation.java");
        assertThat(source(here)).isEqualTo(source(there).replace("dev.strangler.monolith", "dev.strangler.pim"));
    }

    @Test
    void a_difference_would_be_seen() throws IOException {
        assertThat(source(PIM.resolve("intake/Translation.java")))
                .isNotEqualTo(source(DAM.resolve("intake/Translation.java")));
    }

    /** Without the imports, which are sorted by the name of the service too. */
    private static String source(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("import "))
                .map(line -> line.replace("dev.strangler.dam", "dev.strangler.pim"))
                .collect(joining("\n"));
    }
}
