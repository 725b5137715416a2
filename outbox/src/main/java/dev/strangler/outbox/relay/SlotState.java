package dev.strangler.outbox.relay;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot as the server sees it.
 *
 * @param name the slot
 * @param plugin the decoder it was made for
 * @param database the database it reads
 * @param isActive whether somebody reads it at this moment
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param invalidation why the server gave it up; null while it has not
 * @param restart everything that it has not passed yet was written behind this; null once the slot is lost
 * @param confirmed everything committed before this was acknowledged by Kafka; null once the slot is lost
 * @param retainedBytes how much log the server keeps for it
 * @param safeBytes how much more may be written before the server gives the slot up; null when there is no limit
 * @param decoded transactions decoded through it since it was made or its statistics were reset
 */
public record SlotState(
        String name,
        String plugin,
        String database,
        boolean isActive,
        String walStatus,
        @Nullable String invalidation,
        @Nullable Lsn restart,
        @Nullable Lsn confirmed,
        long retainedBytes,
        @Nullable Long safeBytes,
        long decoded) {

    /** Whether the server has thrown away log that the slot needed: it will never deliver again. */
    public boolean isLost() {
        return "lost".equals(walStatus) || invalidation != null;
    }

    /** Whether it is being made at this moment: the server waits for older transactions to end, and it delivers nothing yet. */
    public boolean isBeingMade() {
        return confirmed == null && !isLost();
    }
}
