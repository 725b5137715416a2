package dev.strangler.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxEventTest {

    @Test
    void the_same_change_has_the_same_id_however_often_it_is_made() {
        assertThat(Publisher.event("0a1b-2c", 3, "{}").idFrom(new Origin("monolith")))
                .isEqualTo("monolith-Asset-0a1b-2c-v3")
                .isEqualTo(Publisher.event("0a1b-2c", 3, "{\"other\": 1}").idFrom(new Origin("monolith")));
    }

    @Test
    void time_is_kept_as_exactly_as_the_database_can() {
        var event = new OutboxEvent(
                "Asset", "1", 1, "AssetTagged", 1, "{}", Instant.parse("2026-11-21T12:00:00.123456789Z"));
        assertThat(event.occurredAt()).isEqualTo("2026-11-21T12:00:00.123456Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Ass-et", "assets/1", "1Asset"})
    void an_aggregate_type_that_would_garble_the_id_is_refused(String type) {
        assertThatThrownBy(() -> new OutboxEvent(type, "1", 1, "AssetTagged", 1, "{}", Instant.EPOCH))
                .isInstanceOf(AppendRefused.class);
    }

    @Test
    void versions_start_at_one() {
        assertThatThrownBy(() -> Publisher.event("1", 0, "{}"))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("is 0, the smallest allowed is 1");
        assertThatThrownBy(() -> new OutboxEvent("Asset", "1", 1, "AssetTagged", 0, "{}", Instant.EPOCH))
                .isInstanceOf(AppendRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Monolith", "mono-lith", "1st", "a b"})
    void an_origin_that_would_garble_the_id_is_refused(String origin) {
        assertThatThrownBy(() -> new Origin(origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strangler.outbox.origin");
    }

    @Test
    void an_aggregate_type_without_a_topic_is_refused_with_those_that_have_one() {
        var topics = new EventTopics(Map.of("Asset", "assets.v1"));
        assertThat(topics.of("Asset")).isEqualTo("assets.v1");
        assertThatThrownBy(() -> topics.of("Product"))
                .isInstanceOf(AppendRefused.class)
                .hasMessageContaining("{Asset=assets.v1}")
                .hasMessageContaining("strangler.outbox.topics.Product");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "assets v1", "assets/v1", "äpfel"})
    void a_topic_name_that_kafka_refuses_is_refused_at_start(String topic) {
        assertThatThrownBy(() -> new EventTopics(Map.of("Asset", topic)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strangler.outbox.topics.Asset");
    }
}
