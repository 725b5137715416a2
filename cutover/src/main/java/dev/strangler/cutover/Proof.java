package dev.strangler.cutover;

import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of comparing all rows of a feature on both sides. It ages, and it holds for one owner and one shape of the state alone.
 *
 * @param feature whose rows
 * @param owner the side that wrote them at that time
 * @param verdict what came of it
 * @param rows how many rows the owner held
 * @param discrepancies how many rows differ; at least as many, when there were too many to look at
 * @param inFlight how many rows were still under way at the end
 * @param since position in the owner's log: a change that this proof may have missed lies at or behind it
 * @param shape digest of both sides' state views
 * @param startedAt when its first row was read
 * @param finishedAt when it knew
 */
public record Proof(
        FeatureName feature,
        Side owner,
        Verdict verdict,
        long rows,
        long discrepancies,
        long inFlight,
        Lsn since,
        String shape,
        Instant startedAt,
        Instant finishedAt) {

    /** What a comparison may come to. */
    public enum Verdict {
        /** Every row was alike, or became so while the comparison looked again. */
        EQUAL,
        /** At least one row differs, and nothing under way explains it. */
        DIFFERENT,
        /** No row differs for certain, but some were still under way at the end. Compare again when the stream flows. */
        UNSETTLED
    }

    /** Why what was compared under other state views says nothing about now. */
    public static final String OF_ANOTHER_SHAPE = "a state view of one of the sides has changed since";

    /** How old it is; the oldest row was read at its start. */
    public Duration age(Instant now) {
        return Duration.between(startedAt, now);
    }

    /** Whether it may be relied upon now: equal, young enough, for this owner and this shape. */
    public boolean holds(Instant now, Duration oldest, Side currentOwner, String currentShape) {
        return staleness(now, oldest, currentOwner, currentShape).isEmpty() && verdict == Verdict.EQUAL;
    }

    /**
     * Why it says nothing about now, whatever its verdict; empty when it still does.
     *
     * @param oldest the greatest age at which it counts
     * @param currentOwner who writes the feature now
     * @param currentShape what {@link Parity#shape} answers now
     */
    public Optional<String> staleness(Instant now, Duration oldest, Side currentOwner, String currentShape) {
        if (owner != currentOwner) {
            return Optional.of("it compared with the %s as the owner, which it no longer is".formatted(word(owner)));
        }
        if (!shape.equals(currentShape)) {
            return Optional.of(OF_ANOTHER_SHAPE);
        }
        var age = age(now);
        return age.compareTo(oldest) > 0
                ? Optional.of("it is %d min old, allowed are %d min".formatted(age.toMinutes(), oldest.toMinutes()))
                : Optional.empty();
    }

    private static String word(Side side) {
        return side == Side.MONOLITH ? "monolith" : "service";
    }
}
