package dev.strangler.cutover;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * An event that tells nothing but that everything published before it in its partition has arrived.
 *
 * @param topic where it is published
 * @param key the record's key, {@code <name>#<n>}: the name is what consumers write down, the rest leads it into its partition
 * @param origin the side that publishes it, as in every event's id
 */
public record Marker(String topic, String key, String origin) {

    private static final char SEPARATOR = '#';

    /**
     * The marker of that name that arrives in that partition.
     *
     * @param partitions how many the topic has; the partition is chosen as Kafka's producer does for records with a key
     * @throws IllegalArgumentException if the topic has no such partition
     */
    public static Marker in(String topic, int partition, int partitions, String name, String origin) {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException("Topic %s has no partition %d, only %d from 0 on. Ask for one of those."
                    .formatted(topic, partition, partitions));
        }
        int n = 0;
        while (partitionOf(name + SEPARATOR + n, partitions) != partition) {
            n++;
        }
        return new Marker(topic, name + SEPARATOR + n, origin);
    }

    /** Under which consumers write it down. */
    public String name() {
        int end = key.lastIndexOf(SEPARATOR);
        return end < 0 ? key : key.substring(0, end);
    }

    private static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }
}
