package dev.strangler.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Where records come from, and who says which partitions are ours. */
interface LogReader {

    /** A consumer that has its partitions, or will hear of them while it is polled. */
    Consumer<String, String> open(ConsumerRebalanceListener listener);

    /** The offset that must not be reached in a partition. */
    default long reach(TopicPartition partition) {
        return Long.MAX_VALUE;
    }

    /** Whether a record is left out though it is there. */
    default boolean leavesOut(TopicPartition partition, long offset) {
        return false;
    }

    /** The topics whose partitions are shared with others; none if they are not shared. */
    default Set<String> topics() {
        return Set.of();
    }

    /** Shares the partitions of the topics with the other instances of the same consumer. */
    record Sharing(InboxSettings settings, String consumer, Set<String> topics) implements LogReader {

        @Override
        public Consumer<String, String> open(ConsumerRebalanceListener listener) {
            var kafka = new KafkaConsumer<String, String>(properties(
                    settings,
                    Map.of(
                            ConsumerConfig.GROUP_ID_CONFIG,
                            consumer,
                            // The partitions that do not move keep flowing while others do.
                            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                            CooperativeStickyAssignor.class.getName(),
                            // A killed instance keeps its partitions for so long; a wrongly declared dead one does no
                            // harm.
                            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                            "10000",
                            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                            "3000")));
            kafka.subscribe(topics, listener);
            return kafka;
        }
    }

    /** Reads the given partitions alone, without a group. */
    static Consumer<String, String> alone(InboxSettings settings, Collection<TopicPartition> partitions) {
        var kafka = new KafkaConsumer<String, String>(properties(settings, Map.of()));
        kafka.assign(partitions);
        return kafka;
    }

    private static Properties properties(InboxSettings settings, Map<String, String> more) {
        var all = new HashMap<String, String>();
        all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        // A topic that appears or grows is noticed within this time instead of five minutes.
        all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "10000");
        all.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Long.toString(Duration.ofSeconds(10).toMillis()));
        all.put(
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Long.toString(Duration.ofSeconds(10).toMillis()));
        all.putAll(more);
        all.putAll(settings.kafka());
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        // Positions live in the consumer's database; the group's offsets are only for onlookers.
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // An offset that the log no longer has must never be jumped over silently.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(settings.maxBatch()));
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        var properties = new Properties();
        properties.putAll(all);
        return properties;
    }
}
