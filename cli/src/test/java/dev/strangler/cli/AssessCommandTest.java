package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a monolith is assessed from the command line, without running anything of it. */
class AssessCommandTest {

    @TempDir
    Path directory;

    private CommandLines strangler;
    private String code;
    private String out;

    @BeforeEach
    void haveCode() throws IOException {
        strangler = new CommandLines(directory);
        code = directory.resolve("code").toString();
        out = directory.resolve("report").toString();
        var type = "dev/strangler/cli/Version.class";
        var target = Files.createDirectories(directory.resolve("code/dev/strangler/cli"))
                .resolve("Version.class");
        try (var file = AssessCommandTest.class.getClassLoader().getResourceAsStream(type)) {
            Files.write(target, Objects.requireNonNull(file).readAllBytes());
        }
    }

    @Test
    void the_report_is_a_page_the_same_as_json_and_a_first_map() {
        assertThat(strangler.run("assess", code, "--out", out, "--json")).isEqualTo(0);
        assertThat(strangler.json().path("assessment").path("classes").asInt()).isEqualTo(1);
        assertThat(directory.resolve("report")).isDirectoryContaining("glob:**/index.html");
        assertThat(directory.resolve("report")).isDirectoryContaining("glob:**/assessment.json");
        assertThat(directory.resolve("report")).isDirectoryContaining("glob:**/strangler.yml");
    }

    @Test
    void what_can_not_be_read_is_named_with_its_place_and_reason() throws IOException {
        Files.writeString(directory.resolve("code/V2__purge.sql"), "call purge_assets();");
        assertThat(strangler.run("assess", code, "--out", out)).isEqualTo(0);
        assertThat(strangler.out())
                .contains("May write what can't be read:", "V2__purge.sql, since it calls a procedure of the database");
    }

    @Test
    void nothing_to_read_ends_with_2() {
        assertThat(strangler.run("assess", directory.resolve("nowhere").toString(), "--out", out))
                .isEqualTo(2);
        assertThat(strangler.err()).contains("There is nothing at");
        assertThat(strangler.run("assess", code, "--map", "no.yml", "--out", out))
                .isEqualTo(2);
        assertThat(strangler.err()).contains("no.yml");
    }

    @Test
    void a_broken_law_ends_with_3_and_the_line_that_would_excuse_it() throws IOException {
        var map = Path.of("..", "strangler.yml").toString();
        assertThat(strangler.run("assess", code, "--map", map, "--out", out)).isEqualTo(0);
        Files.writeString(
                directory.resolve("code/V1__both.sql"), "update asset set size = 1; update product set name = '';");
        assertThat(strangler.run("assess", code, "--map", map, "--out", out)).isEqualTo(3);
        assertThat(strangler.out())
                .contains("V1__both.sql changes tables of assets and products", "W10 V1__both.sql ~");
    }

    @Test
    void a_database_that_is_none_of_postgresql_ends_with_2_and_its_address_is_not_repeated() {
        assertThat(strangler.run("assess", code, "--out", out, "--database", "jdbc:mysql://shop:secret@db/shop"))
                .isEqualTo(2);
        assertThat(strangler.err())
                .contains("no address of PostgreSQL", "--database 'jdbc:postgresql://")
                .doesNotContain("secret");
        assertThat(directory.resolve("report")).doesNotExist();
    }
}
