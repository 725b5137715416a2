package dev.strangler.outbox.relay;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything in a topic, from its beginning. */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();

    TopicReader(String bootstrapServers, String topic) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", UUID.randomUUID().toString());
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        var partitions = consumer.partitionsFor(topic, Duration.ofSeconds(20)).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** All records once at least so many different ids are there; fails after the time limit. */
    List<ConsumerRecord<String, String>> awaitIds(int distinct, Duration limit) {
        await().atMost(limit).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            poll();
            assertThat(ids().size()).isGreaterThanOrEqualTo(distinct);
        });
        return List.copyOf(records);
    }

    List<ConsumerRecord<String, String>> awaitIds(int distinct) {
        return awaitIds(distinct, Duration.ofSeconds(30));
    }

    /** How often each id came. */
    Map<String, Integer> ids() {
        var ids = new HashMap<String, Integer>();
        records.forEach(record -> ids.merge(header(record, "id"), 1, Integer::sum));
        return ids;
    }

    List<ConsumerRecord<String, String>> records() {
        return List.copyOf(records);
    }

    void poll() {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
    }

    static String header(ConsumerRecord<String, String> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    static Map<String, String> headers(ConsumerRecord<String, String> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .collect(toMap(header -> header.key(), header -> String.valueOf(header(record, header.key()))));
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
