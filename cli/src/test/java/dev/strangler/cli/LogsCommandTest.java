package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

    @TempDir
    Path directory;

    private CommandLines strangler;

    @BeforeEach
    void writeLogs() throws IOException {
        strangler = new CommandLines(directory);
        Files.writeString(
                directory.resolve("dam.log"),
                IntStream.rangeClosed(1, 500)
                        .mapToObj(line -> "line " + line)
                        .collect(Collectors.joining("\n", "", "\n")));
        Files.writeString(directory.resolve("pim.log"), "");
    }

    @Test
    void the_last_lines_are_printed() {
        assertThat(strangler.run("logs", "dam", "--lines", "2")).isEqualTo(0);
        assertThat(strangler.out()).isEqualTo("line 499\nline 500\n");
        assertThat(strangler.run("logs", "dam", "--lines", "2", "--json")).isEqualTo(0);
        assertThat(strangler.json().path(0).asString()).isEqualTo("line 499");
        assertThat(strangler.run("logs", "pim")).isEqualTo(0);
        assertThat(strangler.out()).isEmpty();
    }

    @Test
    void an_unknown_name_is_refused_with_those_that_there_are() {
        assertThat(strangler.run("logs", "../token")).isEqualTo(2);
        assertThat(strangler.run("logs", "damn")).isEqualTo(2);
        assertThat(strangler.err()).contains("no log of 'damn'").contains("There are: dam, pim.");
    }
}
