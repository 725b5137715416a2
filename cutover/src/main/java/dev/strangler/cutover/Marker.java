package dev.strangler.cutover;

import dev.strangler.outbox.relay.KeysByPartition;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An event that tells nothing but that everything published before it in its partition has arrived.
 *
 * @param topic where it is published
 * @param key the record's key, {@code <name>#<n>}: the name is what consumers write down, the rest leads it into its partition
 * @param origin the side that publishes it, as in every event's id
 */
public record Marker(String topic, String key, String origin) {

    /**
     * The marker of that name that arrives in that partition.
     *
     * @param partitions how many the topic has
     * @throws IllegalArgumentException if the topic has no such partition
     */
    public static Marker in(String topic, int partition, int partitions, String name, String origin) {
        return new Marker(topic, KeysByPartition.leadingTo(partition, partitions, name), origin);
    }

    /** One of that name for each partition, in their order: they prove that the whole topic has arrived. */
    public static List<Marker> forEachPartition(String topic, int partitions, String name, String origin) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> in(topic, partition, partitions, name, origin))
                .toList();
    }

    /** Under which consumers write it down. */
    public String name() {
        int end = key.lastIndexOf('#');
        return end < 0 ? key : key.substring(0, end);
    }
}
