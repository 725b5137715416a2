package dev.strangler.outbox.relay;

import java.time.Instant;
import java.util.Collection;

/** What has arrived in the topics. */
@FunctionalInterface
public interface RelayedTopics {

    /**
     * Those of the versions that are not in their topic: neither they nor a newer version of the same aggregate, which is all that
     * a compacted topic keeps.
     *
     * @param since none of them was appended before
     * @throws RelayRefused when the topics cannot be read to their end within bounds; nothing is known then
     */
    Collection<AppendedVersion> missing(Collection<AppendedVersion> expected, Instant since);

    /** A version of an aggregate that was appended to the outbox. */
    record AppendedVersion(String topic, String aggregateType, String aggregateId, long version) {

        @Override
        public String toString() {
            return "%s %s v%d in %s".formatted(aggregateType, aggregateId, version, topic);
        }
    }
}
