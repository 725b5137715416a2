package dev.strangler.outbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which topic each aggregate type is published to. */
public record EventTopics(Map<String, String> byAggregateType) {

    private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** @throws IllegalArgumentException when a topic's name is one that Kafka refuses */
    public EventTopics {
        byAggregateType = Map.copyOf(byAggregateType);
        byAggregateType.forEach(EventTopics::requireLegal);
    }

    /** The relay would stop at an illegal name, and with it every event behind. */
    private static void requireLegal(String aggregateType, String topic) {
        if (!LEGAL.matcher(topic).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no topic name; legal are 1 to 249 letters, digits, dots, underscores and hyphens. Correct strangler.outbox.topics.%s, e.g. to 'assets.v1'."
                            .formatted(topic, aggregateType));
        }
    }

    /** @throws AppendRefused when the aggregate type has no topic */
    public String of(String aggregateType) {
        var topic = byAggregateType.get(aggregateType);
        if (topic == null) {
            throw new AppendRefused(
                    "Aggregate type '%s' has no topic; those with one are %s. Set strangler.outbox.topics.%s to the topic's name."
                            .formatted(aggregateType, new TreeMap<>(byAggregateType), aggregateType));
        }
        return topic;
    }
}
