package dev.strangler.outbox.relay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the kit makes a topic that does not exist yet. An existing topic is never altered: another number of partitions would
 * put later events of a key elsewhere, and with that lose the order.
 *
 * @param partitions bound of a feature's parallel consumers; not to be changed later
 * @param replicationFactor copies of each partition; -1 for the broker's default
 * @param configs topic configuration, e.g. {@code min.insync.replicas}
 */
public record TopicSettings(int partitions, short replicationFactor, Map<String, String> configs) {

    private static final int PARTITIONS = 6;
    private static final short BROKERS_DEFAULT = -1;

    public TopicSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "A topic of %d partitions is not possible; the smallest number is 1.".formatted(partitions));
        }
        configs = Map.copyOf(configs);
    }

    /** Six partitions, compacted: the newest state of every aggregate stays for ever, so a projection can be rebuilt. */
    public static TopicSettings standard() {
        return new TopicSettings(PARTITIONS, BROKERS_DEFAULT, Map.of("cleanup.policy", "compact"));
    }

    /** The same with one more configuration. */
    public TopicSettings with(String config, String value) {
        var more = new LinkedHashMap<>(configs);
        more.put(config, value);
        return new TopicSettings(partitions, replicationFactor, more);
    }

    /** The same with another number of partitions. */
    public TopicSettings withPartitions(int number) {
        return new TopicSettings(number, replicationFactor, configs);
    }
}
