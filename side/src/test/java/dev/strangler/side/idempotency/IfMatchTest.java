package dev.strangler.side.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.side.refusals.Refusal;
import dev.strangler.side.refusals.Refusal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @Test
    void without_a_header_or_with_a_star_any_version_may_be_changed() {
        IfMatch.parse(null).check("it", 7);
        IfMatch.parse(" * ").check("it", 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "\"6\", \"7\"", "\"6\",\"7\"", " \"7\" ", "\"\", \"7\""})
    void a_list_admits_each_of_its_versions(String header) {
        IfMatch.parse(header).check("it", 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"8\"", "\"6\", \"8\"", "W/\"7\"", "\"abc\"", "\"07\"", "\"\""})
    void another_version_or_a_weak_tag_is_stale(String header) {
        var ifMatch = IfMatch.parse(header);

        assertThatThrownBy(() -> ifMatch.check("Lamp", 7))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Kind.STALE))
                .hasMessageContaining("Lamp has version 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "7", "\"7", "7\"", "\"7\" \"8\"", "\"7\",", ",\"7\"", "\"7\", *", "w/\"7\"", "\"7\"x"})
    void what_is_no_list_of_entity_tags_is_refused(String header) {
        assertThatThrownBy(() -> IfMatch.parse(header))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Kind.INVALID));
    }
}
