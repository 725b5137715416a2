package dev.strangler.pim;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is written twice because a service may not lean on the code that it replaces, and must stay the same as long as both are there: change
 * the other too. It goes from the monolith with the feature.
 */
class TwinsTest {

    private static final Path MONOLITH = Path.of("../monolith/src/main/java/dev/strangler/monolith");
    private static final Path DAM = Path.of("../extracted-dam-service/src/main/java/dev/strangler/dam");
    private static final Path PIM = Path.of("src/main/java/dev/strangler/pim");

    @ParameterizedTest
    @CsvSource({
        "assets/JdbcImageUses.java,assets/JdbcImageUses.java",
        "assets/intake/LaterEvents.java,intake/LaterEvents.java"
    })
    void the_dam_keeps_what_it_hears_as_the_monolith_does(String monolith, String dam) throws IOException {
        assertThat(source(DAM.resolve(dam))).isEqualTo(source(MONOLITH.resolve(monolith)));
    }

    /** Apart from the words that either has for an image, a price and its products. */
    @ParameterizedTest
    @CsvSource({"ProductChecks.java", "ProductInput.java"})
    void the_pim_judges_input_as_the_monolith_does(String file) throws IOException {
        assertThat(inOneTongue(source(PIM.resolve("products/web").resolve(file))))
                .isEqualTo(inOneTongue(source(MONOLITH.resolve("products/web").resolve(file))));
    }

    /** The monolith's conversation proves something only while both sides hold it by the same rules. */
    @Test
    void both_sides_hold_the_conversation_alike() throws IOException {
        var here = Path.of("src/test/java/dev/strangler/pim/products/Conversation.java");
        var there = Path.of("../monolith/src/test/java/dev/strangler/monolith/products/Conversation.java");
        assertThat(source(here)).isEqualTo(source(there));
    }

    @Test
    void a_difference_would_be_seen() throws IOException {
        assertThat(source(PIM.resolve("intake/Translation.java")))
                .isNotEqualTo(source(DAM.resolve("intake/Translation.java")));
    }

    private static String inOneTongue(String source) {
        return source.replace("AssetId", "ImageId")
                .replace("ChangingProducts", "Products")
                .replaceAll("\\b(Money|Amount)\\b", "Price");
    }

    /** Without packages and imports, and without the lines of a schedule, whose settings have names of their own on each side. */
    private static String source(Path file) throws IOException {
        return Files.readString(file)
                .replaceAll("@Scheduled\\([^)]*\\)", "@Scheduled")
                .lines()
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .collect(joining("\n"));
    }
}
