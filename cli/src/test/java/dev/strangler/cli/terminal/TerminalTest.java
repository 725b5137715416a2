package dev.strangler.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void colours_and_rewriting_need_a_screen_and_nobody_who_objects() {
        assertThat(Terminal.of(Map.of("STRANGLER_TTY", "out,err")).hasColour()).isTrue();
        assertThat(Terminal.of(Map.of("STRANGLER_TTY", "out,err")).isLive()).isTrue();
        assertThat(Terminal.of(Map.of("STRANGLER_TTY", ",err")).hasColour()).isFalse();
        assertThat(Terminal.of(Map.of("STRANGLER_TTY", "out,err", "NO_COLOR", "1"))
                        .hasColour())
                .isFalse();
        assertThat(Terminal.of(Map.of("STRANGLER_TTY", "out,err", "TERM", "dumb"))
                        .isLive())
                .isFalse();
        assertThat(Terminal.of(Map.of()).hasColour()).isFalse();
    }

    @Test
    void a_table_aligns_and_disarms_its_cells() {
        var out = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false, false);

        terminal.table(List.of("A", "LONG"), List.of(List.of("wide cell", "1"), List.of("\u001b[31mred", "")));

        assertThat(out.toString().lines()).containsExactly("A          LONG", "wide cell  1", "\ufffd[31mred");
    }
}
