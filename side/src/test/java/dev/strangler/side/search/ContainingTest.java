package dev.strangler.side.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainingTest {

    @Test
    void a_blank_query_matches_every_text() {
        assertThat(Containing.query("  ").pattern()).isEqualTo("%%");
    }

    @Test
    void wildcards_and_the_escape_itself_are_meant_literally() {
        assertThat(Containing.query(" 50%_\\ ").pattern()).isEqualTo("%50\\%\\_\\\\%");
    }
}
