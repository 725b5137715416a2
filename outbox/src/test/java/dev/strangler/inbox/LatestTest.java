package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestTest {

    @Test
    void of_several_events_of_one_aggregate_the_newest_is_taken() {
        var latest =
                Latest.of("Asset", List.of(event("Asset", "a", 1), event("Asset", "b", 5), event("Asset", "a", 2)));

        assertThat(latest).extracting(ReceivedEvent::aggregateVersion).containsExactly(2L, 5L);
    }

    @Test
    void an_old_event_that_comes_again_does_not_hide_a_newer_one() {
        assertThat(Latest.of("Asset", List.of(event("Asset", "a", 2), event("Asset", "a", 1))))
                .extracting(ReceivedEvent::aggregateVersion)
                .containsExactly(2L);
    }

    @Test
    void events_of_other_aggregates_are_left_alone() {
        assertThat(Latest.of("Asset", List.of(event("Product", "a", 1)))).isEmpty();
    }

    @Test
    void a_payload_that_is_not_what_the_headers_say_is_refused() {
        Latest.check(event("Asset", "a", 2), "a", 2);

        assertThatThrownBy(() -> Latest.check(event("Asset", "a", 2), "b", 2)).hasMessageContaining("of b");
        assertThatThrownBy(() -> Latest.check(event("Asset", "a", 2), "a", 3)).hasMessageContaining("version 3");
    }

    private static ReceivedEvent event(String type, String id, long version) {
        var at = Instant.parse("2026-11-21T10:00:00Z");
        return new ReceivedEvent(
                "monolith-" + type + "-" + id + "-v" + version,
                type,
                id,
                version,
                type + "Changed",
                "monolith",
                0,
                1,
                at,
                null,
                "{}",
                "topic",
                0,
                0);
    }
}
