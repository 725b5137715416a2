package dev.strangler.outbox;

import java.util.Map;
import java.util.TreeMap;

/** Which topic each aggregate type is published to. */
public record EventTopics(Map<String, String> byAggregateType) {

    public EventTopics {
        byAggregateType = Map.copyOf(byAggregateType);
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
