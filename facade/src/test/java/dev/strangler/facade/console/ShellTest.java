package dev.strangler.facade.console;

import static dev.strangler.facade.console.RenderedPages.render;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;

/** Whoever copies a line runs what it says, and nothing that a stranger has slipped in. */
class ShellTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "assets, assets",
                "50%, 50%",
                "two words, 'two words'",
                "$(id), '$(id)'",
                "a;b, 'a;b'",
                "\"\", ''",
                "it's, 'it'\\''s'"
            })
    void a_word_stays_one_word(String given, String written) {
        assertThat(Shell.word(given)).isEqualTo(written);
    }

    @Test
    void what_was_filled_in_is_quoted_in_the_line_of_an_act() {
        var form = new LinkedMultiValueMap<String, String>();
        form.put("waive", List.of("lag", "lag; rm -r ."));
        form.add("percent", "$(id)");
        form.add("why", "it's `time`");
        assertThat(FeatureActs.line(Act.CUTOVER, "assets", form))
                .isEqualTo("./strangler cutover assets --waive lag --waive 'lag; rm -r .' --why 'it'\\''s `time`'");
        assertThat(FeatureActs.line(Act.READS, "assets", form))
                .startsWith("./strangler reads assets --service '$(id)' ");
    }

    @Test
    void a_parked_key_of_a_stranger_is_quoted_beside_its_buttons() throws Exception {
        var model = Models.events();
        model.put("parked", List.of(new ParkedActs.Waiting(Samples.parked("a'; $(id)"), "assets")));
        assertThat(render("events", model, "events-quoted"))
                .contains("./strangler parked retry dam-assets Asset &#39;a&#39;\\&#39;&#39;; $(id)&#39;</code>");
    }
}
