package dev.strangler.cli.rehearse;

import dev.strangler.cutover.history.Logged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** The events of the rehearsal's aggregates, from the beginning of the topic to its end. */
final class ReadingTopic {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String bootstrap;

    ReadingTopic(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    List<Logged> events(String topic, Set<String> aggregates) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<String, String>(settings)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var events = new ArrayList<Logged>();
            var limit = System.nanoTime() + LIMIT.toNanos();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                if (System.nanoTime() - limit > 0) {
                    throw new IllegalStateException(
                            "%s could not be read to its end within %d s.".formatted(topic, LIMIT.toSeconds()));
                }
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (aggregates.contains(record.key())) {
                        events.add(logged(record));
                    }
                }
            }
            return events;
        }
    }

    private static Logged logged(ConsumerRecord<String, String> record) {
        return new Logged(
                record.key(),
                Long.parseLong(header(record, "aggregateversion")),
                Long.parseLong(header(record, "epoch")),
                header(record, "origin"),
                Shopper.elements(JSON.readTree(record.value())),
                record.partition(),
                record.offset());
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        var header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("%s-%d@%d has no header '%s'."
                    .formatted(record.topic(), record.partition(), record.offset(), name));
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
