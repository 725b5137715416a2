package dev.strangler.facade.sides;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far the topics reach. */
public final class EndOffsets implements AutoCloseable {

    private final String bootstrapServers;
    private final Duration limit;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private @Nullable Admin admin;

    /** @param limit how long an answer may take */
    public EndOffsets(String bootstrapServers, Duration limit) {
        this.bootstrapServers = bootstrapServers;
        this.limit = limit;
    }

    /**
     * The next offset of each partition of the topics.
     *
     * @throws IllegalStateException when the broker does not say so in time
     */
    public Map<TopicPartition, Long> of(Collection<String> topics) {
        try {
            var described = admin().describeTopics(topics).allTopicNames().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            described.forEach((topic, description) -> description
                    .partitions()
                    .forEach(partition ->
                            wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
            var ends = new HashMap<TopicPartition, Long>();
            admin().listOffsets(wanted)
                    .all()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException away) {
            var cause = away.getCause() == null ? away : away.getCause();
            throw new IllegalStateException("Kafka does not say how far its topics reach: " + cause, null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka", interrupted);
        }
    }

    /**
     * How many partitions the topic has; asked once, since the kit never changes it.
     *
     * @throws IllegalStateException when the broker does not say so in time
     */
    public int partitions(String topic) {
        return partitions.computeIfAbsent(topic, unknown -> of(List.of(topic)).size());
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrapServers,
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "facade",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) limit.toMillis(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) limit.toMillis(),
                    AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                    5_000));
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
            admin = null;
        }
    }
}
