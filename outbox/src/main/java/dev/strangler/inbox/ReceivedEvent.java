package dev.strangler.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was found in the log.
 *
 * @param id names the event the same way however often it is delivered: {@code <origin>-<Aggregate>-<id>-v<version>}
 * @param aggregateVersion starts at 1 and grows with every committed change of the aggregate
 * @param type what happened, e.g. {@code AssetTrashed}
 * @param origin the side that first wrote the change
 * @param epoch the ownership epoch under which it was written
 * @param occurredAt when the change was made, by the writer's clock, in microseconds at most
 * @param traceparent the W3C trace context of the request that caused the change
 * @param payload the whole state of the aggregate at that version, as the publisher wrote it
 */
public record ReceivedEvent(
        String id,
        String aggregateType,
        String aggregateId,
        long aggregateVersion,
        String type,
        String origin,
        long epoch,
        int schemaVersion,
        Instant occurredAt,
        @Nullable String traceparent,
        String payload,
        String topic,
        int partition,
        long offset) {}
