package dev.strangler.architecture.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a place of a class path is the application's. */
class ReadingCodeBaseTest {

    private static final String CODE = "dev/strangler/architecture/code/";
    private static final String FIXTURES = "dev/strangler/architecture/fixtures/corpus/";

    @TempDir
    Path directory;

    @Test
    void migrations_in_java_are_read_with_the_packages_of_the_application() throws IOException {
        put(CODE + "ReadingCodeBaseTest.class", CODE + "ReadingCodeBaseTest.class");
        put(FIXTURES + "products/Texts.class", "db/migration/V1__Texts.class");
        put(FIXTURES + "assets/Labelled.class", FIXTURES + "assets/Labelled.class");
        assertThat(read().classes()).containsOnlyKeys(CODE + "ReadingCodeBaseTest", FIXTURES + "products/Texts");
    }

    @Test
    void migrations_of_others_are_not() throws IOException {
        put(FIXTURES + "products/Texts.class", "db/migration/V1__Texts.class");
        Files.writeString(directory.resolve("db/migration/V2__of_others.sql"), "delete from asset;");
        assertThat(read().classes()).isEmpty();
        assertThat(read().resources()).isEmpty();
    }

    private ReadingCodeBase read() {
        var reading = new ReadingCodeBase(List.of(CODE));
        reading.readPart(directory);
        return reading;
    }

    private void put(String type, String path) throws IOException {
        var target = directory.resolve(path);
        Files.createDirectories(target.getParent());
        try (var file = ReadingCodeBaseTest.class.getClassLoader().getResourceAsStream(type)) {
            Files.write(target, Objects.requireNonNull(file).readAllBytes());
        }
    }
}
