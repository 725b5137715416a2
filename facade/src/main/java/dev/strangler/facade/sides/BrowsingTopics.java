package dev.strangler.facade.sides;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics for people: a few records, within limits, and without a trace at the broker. */
public final class BrowsingTopics {

    /** How many records one look shows at most. */
    public static final int MOST_SHOWN = 100;

    private static final long MOST_LOOKED_AT = 50_000;
    private static final int AT_ONCE = 2;

    private final String bootstrapServers;
    private final Duration limit;
    private final Clock clock;
    private final Semaphore looking = new Semaphore(AT_ONCE);

    /** @param limit how long a look may take in all */
    public BrowsingTopics(String bootstrapServers, Duration limit, Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * What to look for.
     *
     * @param key the whole key; empty for any
     * @param type the header of that name; empty for any
     * @param from the earliest time; null to look at the newest records
     */
    public record Wanted(
            String topic, String key, String type, @Nullable Instant from) {

        private boolean fits(TopicRecord found) {
            return (key.isEmpty() || key.equals(found.key()))
                    && (type.isEmpty() || type.equals(found.header("type")))
                    && (from == null || !found.at().isBefore(from));
        }
    }

    /**
     * What was found.
     *
     * @param records newest first when looking at the newest, else oldest first
     * @param lookedAt how many records were read for it
     * @param isWhole whether everything in the range was read, and all that fitted is shown
     */
    public record Found(List<TopicRecord> records, long lookedAt, boolean isWhole) {

        public Found {
            records = List.copyOf(records);
        }
    }

    /**
     * A record. Texts are as strangers wrote them.
     *
     * @param payload null where the key was deleted
     */
    public record TopicRecord(
            int partition,
            long offset,
            Instant at,
            String key,
            Map<String, String> headers,
            @Nullable String payload) {

        /** The header of that name; empty when there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /**
     * Looks.
     *
     * @throws IllegalStateException when the broker does not answer in time, or too many look already
     */
    public Found look(Wanted wanted) {
        if (!looking.tryAcquire()) {
            throw new IllegalStateException("%d look at topics already. Try again in a moment.".formatted(AT_ONCE));
        }
        try (var consumer =
                new KafkaConsumer<String, String>(settings(), new StringDeserializer(), new StringDeserializer())) {
            return read(consumer, wanted);
        } catch (org.apache.kafka.common.KafkaException away) {
            throw new IllegalStateException(
                    "Kafka does not answer for %s: %s".formatted(wanted.topic(), away.getMessage()), away);
        } finally {
            looking.release();
        }
    }

    private Found read(KafkaConsumer<String, String> consumer, Wanted wanted) {
        var deadline = clock.instant().plus(limit);
        var partitions = consumer.partitionsFor(wanted.topic(), limit).stream()
                .map(partition -> new TopicPartition(wanted.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions, limit);
        var isFromStart = seek(consumer, partitions, ends, wanted.from());
        var found = new Selection(
                wanted.from() == null ? Selection.OLDEST_FIRST.reversed() : Selection.OLDEST_FIRST, MOST_SHOWN);
        var lookedAt = 0L;
        while (!isAtEnd(consumer, ends)
                && lookedAt < MOST_LOOKED_AT
                && clock.instant().isBefore(deadline)) {
            for (var record : consumer.poll(Duration.ofMillis(200))) {
                lookedAt++;
                var told = told(record);
                if (wanted.fits(told)) {
                    found.add(told);
                }
            }
        }
        var isWhole = isFromStart && !found.isCutOff() && isAtEnd(consumer, ends);
        return new Found(found.records(), lookedAt, isWhole);
    }

    /** Answers whether nothing that could be wanted lies before. */
    private static boolean seek(
            KafkaConsumer<String, String> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            @Nullable Instant from) {
        if (from != null) {
            var wanted = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> wanted.put(partition, from.toEpochMilli()));
            consumer.offsetsForTimes(wanted)
                    .forEach((partition, first) -> consumer.seek(
                            partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset()));
            return true;
        }
        var isFromStart = true;
        var share = MOST_LOOKED_AT / Math.max(1, partitions.size());
        for (var begin : consumer.beginningOffsets(partitions).entrySet()) {
            var start = Math.max(begin.getValue(), ends.getOrDefault(begin.getKey(), 0L) - share);
            consumer.seek(begin.getKey(), start);
            isFromStart &= start == begin.getValue();
        }
        return isFromStart;
    }

    private static boolean isAtEnd(KafkaConsumer<String, String> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static TopicRecord told(ConsumerRecord<String, String> record) {
        var headers = new LinkedHashMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return new TopicRecord(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? "" : record.key(),
                headers,
                record.value());
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "facade-browsing",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) limit.toMillis(),
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) limit.toMillis());
    }
}
