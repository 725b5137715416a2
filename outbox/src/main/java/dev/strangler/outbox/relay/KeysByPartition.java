package dev.strangler.outbox.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/** Finds record keys that lead into a wanted partition: the relay sends each record where Kafka's producer puts its key. */
public final class KeysByPartition {

    private static final char SEPARATOR = '#';

    private KeysByPartition() {}

    /**
     * A key that begins with the name and a {@code #}.
     *
     * @param partitions how many the topic has
     * @throws IllegalArgumentException if the topic has no such partition
     */
    public static String leadingTo(int partition, int partitions, String name) {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "There is no partition %d among %d, counted from 0. Ask for one of those."
                            .formatted(partition, partitions));
        }
        int n = 0;
        while (partitionOf(name + SEPARATOR + n, partitions) != partition) {
            n++;
        }
        return name + SEPARATOR + n;
    }

    private static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }
}
