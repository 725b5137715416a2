package dev.strangler.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast a topic grows by records that a consumer may read, told by its ends: reading them would take the time of the broker and of this
 * process from the relay.
 */
final class TopicGrowth implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10); // against seconds of growing

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> ends;
    private final long start;

    private TopicGrowth(Admin admin, Map<TopicPartition, OffsetSpec> ends) throws Exception {
        this.admin = admin;
        this.ends = ends;
        this.start = end();
    }

    /** From the topic's end as it is now. */
    static TopicGrowth of(String topic, String bootstrap) throws Exception {
        var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        try {
            var topics = admin.describeTopics(List.of(topic)).allTopicNames().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            var partitions = Objects.requireNonNull(topics.get(topic)).partitions();
            return new TopicGrowth(
                    admin,
                    partitions.stream()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition.partition()),
                                    partition -> OffsetSpec.latest())));
        } catch (Exception failure) {
            admin.close();
            throw failure;
        }
    }

    private long end() throws Exception {
        return admin.listOffsets(ends).all().get(ANSWER.toSeconds(), TimeUnit.SECONDS).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /**
     * Records per second between the first and the last look that saw the topic grow, until it has grown by that many.
     *
     * @throws IllegalStateException if it has not within the limit
     */
    double rate(int records, Duration limit) throws Exception {
        var deadline = System.nanoTime() + limit.toNanos();
        var grownAtFirst = 0L;
        var first = 0L;
        while (System.nanoTime() < deadline) {
            var grown = end() - start;
            var now = System.nanoTime();
            if (grown > 0 && first == 0) {
                grownAtFirst = grown;
                first = now;
            }
            if (grown >= records) {
                return (grown - grownAtFirst) * 1e9 / (now - first);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new IllegalStateException("%,d of %,d events did not arrive within %s. Look at the worker's log."
                .formatted(start + records - end(), records, limit));
    }

    @Override
    public void close() {
        admin.close();
    }
}
