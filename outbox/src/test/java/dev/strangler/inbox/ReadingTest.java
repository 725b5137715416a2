package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final TopicPartition PARTITION = new TopicPartition("assets.v1", 3);

    private static LogRecord read(ProducerRecord<String, String> sent) {
        var record = new ConsumerRecord<>("assets.v1", 3, 42, sent.key(), sent.value());
        sent.headers().forEach(header -> record.headers().add(header));
        return Reading.read(PARTITION, record);
    }

    private static ProducerRecord<String, String> good() {
        return Events.event("assets.v1", "a", 7, "{}");
    }

    @Test
    void an_event_is_read_from_key_value_and_headers() {
        var sent = good();
        Events.header(sent, "occurredat", "2026-11-21T10:00:00.123456Z");

        var event = read(sent).event();

        assertThat(event)
                .isEqualTo(new ReceivedEvent(
                        "test-Asset-a-v7",
                        "Asset",
                        "a",
                        7,
                        "AssetTagged",
                        "test",
                        0,
                        1,
                        Instant.parse("2026-11-21T10:00:00.123456Z"),
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "{}",
                        "assets.v1",
                        3,
                        42));
    }

    @Test
    void the_time_may_have_an_offset_or_be_in_microseconds() {
        var offset = good();
        Events.header(offset, "occurredat", "2026-11-21T12:00:00.123456+02:00");
        var micros = good();
        Events.header(micros, "occurredat", "1795255200123456");

        assertThat(read(offset).event().occurredAt()).isEqualTo(Instant.parse("2026-11-21T10:00:00.123456Z"));
        assertThat(read(micros).event().occurredAt()).isEqualTo(Instant.ofEpochSecond(1795255200L, 123456000));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var wrong = good();
        Events.header(wrong, "aggregateversion", "0");
        Events.header(wrong, "occurredat", "yesterday");
        Events.header(wrong, "epoch", "-1");
        wrong.headers().remove("id");

        var record = read(wrong);

        assertThat(record.event()).isNull();
        assertThat(record.key()).isEqualTo(new AggregateKey("Asset", "a"));
        assertThat(record.problem())
                .contains("id is missing", "aggregateversion is '0'", "epoch is '-1'", "occurredat is 'yesterday'");
    }

    @Test
    void an_empty_value_is_nothing_to_apply() {
        assertThat(read(new ProducerRecord<>("assets.v1", "a", null)).isEmpty()).isTrue();
    }

    @Test
    void a_record_without_a_usable_key_is_parked_under_its_place_in_the_log() {
        var record = read(new ProducerRecord<>("assets.v1", null, "{}"));

        assertThat(record.key()).isEqualTo(new AggregateKey("?", "assets.v1-3@42"));
        assertThat(record.problem()).contains("the key is missing");
    }

    @Test
    void names_are_limited_by_what_they_take_in_an_index() {
        var longest = "\u20ac".repeat(170);
        var fits = Events.event("assets.v1", longest, 1, "{}");
        Events.header(fits, "id", "an-id");
        assertThat(read(fits).event()).isNotNull();

        var wide = Events.event("assets.v1", "\u20ac".repeat(512), 1, "{}");
        Events.header(wide, "aggregatetype", "\u20ac".repeat(512));
        Events.header(wide, "id", "an-id");
        var record = read(wide);

        assertThat(record.key()).isEqualTo(new AggregateKey("?", "assets.v1-3@42"));
        assertThat(record.problem())
                .contains("the key has 1536 bytes", "aggregatetype has 1536 bytes", "allowed are 512");
    }

    @Test
    void a_parked_record_is_read_again_as_it_was() {
        var record = read(good());
        var again = Reading.reread(
                PARTITION, 42, "a", record.raw().headers(), record.raw().payload());

        assertThat(again.event()).isEqualTo(record.event());
    }

    @Test
    void a_parked_record_that_had_to_be_altered_stays_unreadable() {
        var headers = new java.util.HashMap<>(read(good()).raw().headers());
        headers.put(Reading.ALTERED, "yes");

        assertThat(Reading.reread(PARTITION, 42, "a", headers, "{}").event()).isNull();
    }
}
