package dev.strangler.outbox.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the ends of the topics' partitions, from the time of the oldest event in question, and only as far as needed. */
public class KafkaTails implements RelayedTopics {

    /** A record's time is the relay's, an event's the database's: their clocks may differ this much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final Duration timeLimit;

    /**
     * @param client settings of a Kafka client, at least {@code bootstrap.servers}
     * @param timeLimit for one look
     */
    public KafkaTails(Map<String, Object> client, Duration timeLimit) {
        this.client = Map.copyOf(client);
        this.timeLimit = timeLimit;
    }

    @Override
    public Collection<AppendedVersion> missing(Collection<AppendedVersion> expected, Instant since) {
        var open = expected.stream()
                .collect(Collectors.toMap(
                        Key::of, Function.identity(), (a, b) -> a.version() > b.version() ? a : b, HashMap::new));
        if (open.isEmpty()) {
            return List.of();
        }
        try (var reading = new Reading()) {
            reading.read(open, since.minus(CLOCKS_DIFFER));
        } catch (KafkaException e) {
            throw new RelayRefused(
                    "Cannot read the topics at %s to compare them with the outbox: %s. Check that the broker runs."
                            .formatted(client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG), e.getMessage()),
                    e);
        }
        return open.values();
    }

    /** Aggregates are the same in a topic if type and id are. */
    private record Key(String topic, String aggregateType, String aggregateId) {

        static Key of(AppendedVersion version) {
            return new Key(version.topic(), version.aggregateType(), version.aggregateId());
        }
    }

    /** One pass over the ends. */
    private final class Reading implements AutoCloseable {

        private final long deadline = System.nanoTime() + timeLimit.toNanos();
        private final Consumer<String, byte[]> consumer = consumer();

        /** Takes out of {@code open} whatever has arrived. */
        void read(Map<Key, AppendedVersion> open, Instant since) {
            var partitions = open.keySet().stream()
                    .map(Key::topic)
                    .distinct()
                    .flatMap(topic -> partitions(topic).stream())
                    .collect(Collectors.toSet());
            var ends = seek(partitions, since);
            while (!open.isEmpty() && !behind(ends).isEmpty()) {
                remaining();
                consumer.poll(POLL).forEach(record -> arrived(record, open));
            }
        }

        private List<TopicPartition> partitions(String topic) {
            return consumer.partitionsFor(topic, remaining()).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
        }

        private Map<TopicPartition, Long> seek(Set<TopicPartition> partitions, Instant since) {
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions, remaining());
            var times = partitions.stream().collect(Collectors.toMap(Function.identity(), p -> since.toEpochMilli()));
            consumer.offsetsForTimes(times, remaining())
                    .forEach((partition, start) -> consumer.seek(
                            partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset()));
            return ends;
        }

        private Set<TopicPartition> behind(Map<TopicPartition, Long> ends) {
            var behind = new HashSet<TopicPartition>();
            ends.forEach((partition, end) -> {
                if (consumer.position(partition, remaining()) < end) {
                    behind.add(partition);
                }
            });
            return behind;
        }

        private void arrived(ConsumerRecord<String, byte[]> record, Map<Key, AppendedVersion> open) {
            var type = header(record, "aggregatetype");
            var version = header(record, "aggregateversion");
            if (type == null || version == null || record.key() == null) {
                return;
            }
            var key = new Key(record.topic(), type, record.key());
            var wanted = open.get(key);
            if (wanted != null && Long.parseLong(version) >= wanted.version()) {
                open.remove(key);
            }
        }

        private @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
            var header = record.headers().lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }

        private Duration remaining() {
            var nanos = deadline - System.nanoTime();
            if (nanos <= 0) {
                throw new RelayRefused(
                        "Comparing the topics with the outbox takes longer than %d s. Try again, or raise strangler.outbox.relay.verify-within."
                                .formatted(timeLimit.toSeconds()));
            }
            return Duration.ofNanos(nanos);
        }

        private Consumer<String, byte[]> consumer() {
            var settings = new HashMap<>(client);
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeLimit.toMillis());
            return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(POLL));
        }
    }
}
