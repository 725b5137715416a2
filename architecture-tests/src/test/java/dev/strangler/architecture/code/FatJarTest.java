package dev.strangler.architecture.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.fixtures.corpus.assets.Asset;
import dev.strangler.architecture.fixtures.corpus.assets.BaseRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules of an application lie as jars inside its jar, between libraries that are none of its code. */
class FatJarTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"BOOT-INF, app.jar", "WEB-INF, app.war"})
    void the_application_s_own_modules_are_read_and_its_libraries_are_not(String folder, String name)
            throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put(folder + "/classes/" + file(Asset.class), bytes(Asset.class));
        entries.put(folder + "/classes/application.properties", text("spring.jpa.open-in-view=true"));
        entries.put(
                folder + "/lib/rows-1.0.jar",
                zip(Map.of(
                        file(BaseRows.class), bytes(BaseRows.class), "db/V1__row.sql", text("create table row ()"))));
        entries.put(
                folder + "/lib/jsoup.jar",
                zip(Map.of(file(Jsoup.class), bytes(Jsoup.class), "others.sql", text("delete from nothing"))));

        var code = CodeBase.read(Files.write(directory.resolve(name), zip(entries)));

        assertThat(code.classes())
                .extracting(CodeClass::name)
                .containsExactlyInAnyOrder(internalName(Asset.class), internalName(BaseRows.class));
        assertThat(code.resources().keySet()).containsExactlyInAnyOrder("application.properties", "db/V1__row.sql");
    }

    @Test
    void what_is_no_jar_among_the_libraries_is_passed_by() throws IOException {
        var jar = zip(Map.of(
                "BOOT-INF/classes/" + file(Asset.class),
                bytes(Asset.class),
                "BOOT-INF/lib/broken.jar",
                text("no zip")));
        var code = CodeBase.read(Files.write(directory.resolve("app.jar"), jar));
        assertThat(code.classes()).hasSize(1);
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static String file(Class<?> type) {
        return internalName(type) + ".class";
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (var stream = type.getResourceAsStream("/" + file(type))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
