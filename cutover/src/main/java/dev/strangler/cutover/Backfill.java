package dev.strangler.cutover;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A copying of what existed before the stream: every row of the owner's state view said once more as a snapshot event, in the order of the
 * keys. It goes on where it was after whatever interruption; a chunk that is said twice does no harm.
 *
 * @param number grows with each
 * @param owner the side that says it
 * @param who asked for it
 * @param lastKey the last key that has been said; '' before the first
 * @param appended rows said so far
 * @param total rows that there were at its beginning
 * @param startedAt control database's clock, as all times here
 * @param movedAt when it last got further, or its instance last was heard of
 * @param finishedAt null until then
 * @param waiting why it holds back now; null when it doesn't
 * @param trouble why it failed
 */
public record Backfill(
        long number,
        FeatureName feature,
        Side owner,
        String who,
        State state,
        String lastKey,
        long appended,
        long total,
        Instant startedAt,
        Instant movedAt,
        @Nullable Instant finishedAt,
        @Nullable String waiting,
        @Nullable String trouble) {

    /** How a backfill stands. */
    public enum State {
        /** Rows are being said. */
        RUNNING,
        /** All rows are said; the other side has not applied them all yet. */
        SETTLING,
        /** The other side has applied every row that was said. */
        DONE,
        /** It stopped for a reason that a person must look at; asking for it again goes on where it was. */
        FAILED;

        /** Whether an instance is to work at it. */
        public boolean isOpen() {
            return this == RUNNING || this == SETTLING;
        }
    }

    /** Rows per second since the beginning; 0 before there are any. */
    public double rate() {
        var end = finishedAt == null ? movedAt : finishedAt;
        var millis = Duration.between(startedAt, end).toMillis();
        return millis <= 0 ? 0 : appended * 1000.0 / millis;
    }

    /** How long the rest will take at this rate; null when that can't be said. */
    public @Nullable Duration timeLeft() {
        if (state != State.RUNNING || rate() <= 0) {
            return null;
        }
        return Duration.ofMillis((long) (Math.max(0, total - appended) / rate() * 1000));
    }
}
