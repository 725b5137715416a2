package dev.strangler.facade.relay;

import dev.strangler.facade.sides.Reading;
import dev.strangler.outbox.relay.RelayState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one relay fares.
 *
 * @param side whose outbox it carries
 * @param connector its name at Connect
 * @param condition as the watch judged it last
 * @param detail in words; what to do where a person must act
 * @param restarts of its task since it last ran for a while
 * @param setup what keeps it from being set up; null once that has worked
 * @param tasks their states at Connect now
 * @param slot in the side's database now
 * @param lag what is not relayed yet
 */
public record RelayReport(
        String side,
        String connector,
        RelayState.Condition condition,
        String detail,
        int restarts,
        @Nullable String setup,
        Reading<List<String>> tasks,
        Reading<Slot> slot,
        Reading<Lag> lag) {

    /**
     * A replication slot.
     *
     * @param name of the slot
     * @param isThere false when somebody has dropped it
     * @param isActive whether the connector reads it now
     * @param walStatus as the server calls it; null when the slot is not there
     * @param retainedBytes of log that the server keeps for it
     */
    public record Slot(
            String name,
            boolean isThere,
            boolean isActive,
            @Nullable String walStatus,
            long retainedBytes) {}

    /**
     * How far the relay is behind.
     *
     * @param bytes of log between the last acknowledged position and the end
     * @param oldestSeconds age of the oldest event that Kafka has not acknowledged; 0 when there is none
     */
    public record Lag(long bytes, double oldestSeconds) {}
}
