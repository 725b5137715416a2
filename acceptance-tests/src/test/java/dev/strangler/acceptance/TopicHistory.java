package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that a topic holds, per aggregate in the order of the log. The relay may repeat a stretch after a crash (at least once), but
 * the first arrivals of an aggregate's versions must be 1, 2, 3 and so on without a hole.
 */
record TopicHistory(Map<String, List<Long>> versions, int duplicates) {

    /** The kit sends these through the stream to see that it flows; they are of no aggregate. */
    private static final String MARKER = "strangler.Marker";

    static TopicHistory of(RunningShop shop, String topic) {
        var settings = new Properties();
        settings.put("bootstrap.servers", shop.kafka());
        settings.put("enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var versions = new LinkedHashMap<String, List<Long>>();
            var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                assertThat(System.nanoTime())
                        .as("reading %s within a minute", topic)
                        .isLessThan(deadline);
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (!header(record, "aggregatetype").equals(MARKER)) {
                        versions.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                .add(Long.parseLong(header(record, "aggregateversion")));
                    }
                }
            }
            return new TopicHistory(versions, repeated(versions));
        }
    }

    /** No version of any aggregate is missing, and none arrives before its predecessor. */
    void isWholeAndInOrder() {
        assertThat(versions).isNotEmpty();
        versions.forEach((aggregate, all) -> {
            var next = 1L;
            for (var version : all) {
                assertThat(version).as("versions of %s: %s", aggregate, all).isLessThanOrEqualTo(next);
                if (version == next) {
                    next++;
                }
            }
        });
    }

    private static int repeated(Map<String, List<Long>> versions) {
        return versions.values().stream()
                .mapToInt(all -> all.size() - (int) all.stream().distinct().count())
                .sum();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        var header = record.headers().lastHeader(name);
        assertThat(header).as("header %s of %s", name, record).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
