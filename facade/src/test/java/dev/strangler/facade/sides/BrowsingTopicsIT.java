package dev.strangler.facade.sides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.facade.sides.BrowsingTopics.Found;
import dev.strangler.facade.sides.BrowsingTopics.TopicRecord;
import dev.strangler.facade.sides.BrowsingTopics.Wanted;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What people see of a real topic: two partitions that were written to by turns. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BrowsingTopicsIT {

    private static final int RECORDS = 300;
    private static final Instant BEGIN =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(RECORDS);

    private String topic = "";
    private BrowsingTopics topics;

    @BeforeAll
    void write(Infrastructure infrastructure) {
        topic = infrastructure.topic("browsed");
        infrastructure.createTopic(topic, 2);
        topics = new BrowsingTopics(infrastructure.bootstrapServers(), Duration.ofSeconds(30), Clock.systemUTC());
        var settings =
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, infrastructure.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var number = 0; number < RECORDS; number++) {
                producer.send(written(number));
            }
        }
    }

    /** Every third is another type; every key comes ten times. */
    private ProducerRecord<String, String> written(int number) {
        var type = number % 3 == 0 ? "AssetTagged" : "AssetUploaded";
        return new ProducerRecord<>(
                topic,
                number % 2,
                at(number).toEpochMilli(),
                "key-" + number % 30,
                "{\"number\": %d}".formatted(number),
                List.of(new RecordHeader("type", type.getBytes(StandardCharsets.UTF_8))));
    }

    private static Instant at(int number) {
        return BEGIN.plusSeconds(number);
    }

    @Test
    void the_newest_of_all_partitions_are_shown_newest_first() {
        var found = look("", "", null);
        assertThat(found.records())
                .extracting(TopicRecord::at)
                .hasSize(BrowsingTopics.MOST_SHOWN)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .startsWith(at(RECORDS - 1))
                .endsWith(at(RECORDS - BrowsingTopics.MOST_SHOWN));
        assertThat(found.lookedAt()).isEqualTo(RECORDS);
        assertThat(found.isWhole()).isFalse();
    }

    @Test
    void from_a_time_on_the_oldest_of_all_partitions_are_shown_oldest_first() {
        assertThat(look("", "", at(50)).records())
                .extracting(TopicRecord::at)
                .hasSize(BrowsingTopics.MOST_SHOWN)
                .isSorted()
                .startsWith(at(50))
                .endsWith(at(50 + BrowsingTopics.MOST_SHOWN - 1));
        var last = look("", "", at(RECORDS - 10));
        assertThat(last.records()).hasSize(10);
        assertThat(last.isWhole()).isTrue();
    }

    @Test
    void a_type_and_a_key_are_looked_for_among_all() {
        var tagged = look("", "AssetTagged", null);
        assertThat(tagged.records())
                .hasSize(RECORDS / 3)
                .allMatch(one -> one.header("type").equals("AssetTagged"));
        assertThat(tagged.isWhole()).isTrue();
        assertThat(look("key-7", "", null).records())
                .hasSize(RECORDS / 30)
                .allMatch(one -> one.key().equals("key-7"));
        assertThat(look("key-7", "AssetTagged", null).records()).isEmpty();
    }

    private Found look(String key, String type, @Nullable Instant from) {
        return topics.look(new Wanted(topic, key, type, from));
    }
}
