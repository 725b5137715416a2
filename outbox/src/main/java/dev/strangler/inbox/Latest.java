package dev.strangler.inbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** For handlers whose events carry the whole aggregate: of several events of one aggregate only the newest matters then. */
public final class Latest {

    private Latest() {}

    /** The newest event of each aggregate of that type; events of other types are not for us. */
    public static Collection<ReceivedEvent> of(String aggregateType, List<ReceivedEvent> events) {
        var latest = new LinkedHashMap<String, ReceivedEvent>();
        for (var event : events) {
            if (event.aggregateType().equals(aggregateType)) {
                latest.merge(event.aggregateId(), event, Latest::newer);
            }
        }
        return latest.values();
    }

    private static ReceivedEvent newer(ReceivedEvent one, ReceivedEvent other) {
        return other.aggregateVersion() >= one.aggregateVersion() ? other : one;
    }

    /**
     * Does nothing if the payload is the state that the event's headers announce.
     *
     * @throws IllegalArgumentException if it is of another aggregate or version
     */
    public static void check(ReceivedEvent event, Object id, long version) {
        if (!event.aggregateId().equals(id.toString()) || event.aggregateVersion() != version) {
            throw new IllegalArgumentException("Event " + event.id() + " carries version " + version + " of " + id
                    + ", but its headers say version " + event.aggregateVersion() + " of " + event.aggregateId()
                    + ". The publisher must send one and the same.");
        }
    }
}
