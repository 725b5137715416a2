package dev.strangler.cutover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one side's fence of a feature stands.
 *
 * @param decision what was decided, in a transaction
 * @param epoch under which this side owns the feature, or owned it last
 * @param burned the side never opens at or below it
 * @param operation what opened, closed or burned it last; none if it stands as it was set up
 * @param owner who owns the feature as far as this side was told; nobody while ownership moves
 * @param ownerEpoch since which epoch; none while nobody owns it
 * @param enforcedOpen whether writers get through. Only while the decision is {@code OPEN}; not always then, see {@link Fence#enforce}
 * @param enforcedEpoch the epoch that new events get
 * @param refused how many writes were refused here since the fence was set up
 * @param changedAt when it was last moved, by the side's clock
 */
public record FenceState(
        FeatureName feature,
        Side side,
        Decision decision,
        Epoch epoch,
        Epoch burned,
        @Nullable OperationId operation,
        @Nullable Side owner,
        @Nullable Epoch ownerEpoch,
        boolean enforcedOpen,
        Epoch enforcedEpoch,
        long refused,
        Instant changedAt) {

    /** The last epoch whose double fits into the sequence that writers meet. */
    private static final long LAST = Long.MAX_VALUE / 2;

    /** What a side was told about its writes. */
    public enum Decision {
        /** This side owns the feature: everybody but the applier may write it. */
        OPEN,
        /** Only the applier may write it, and nobody may publish its events. */
        CLOSED
    }

    /** A side whose fence was taken down after it was sealed: it owns nothing, and never will. */
    public static FenceState takenDown(FeatureName feature, Side side) {
        return new FenceState(
                feature,
                side,
                Decision.CLOSED,
                Epoch.FIRST,
                new Epoch(LAST),
                null,
                side.other(),
                null,
                false,
                Epoch.FIRST,
                0,
                Instant.EPOCH);
    }

    /** Whether this side was decided to own the feature. */
    public boolean isOpen() {
        return decision == Decision.OPEN;
    }

    /** Whether this side was given up for good: it has burned every epoch that fits into a fence. */
    public boolean isSealed() {
        return burned.value() >= LAST;
    }

    /** Whether writers meet what was decided. If not, something died in between and {@link Fence#enforce} goes on from there. */
    public boolean isEnforced() {
        return isOpen() == enforcedOpen && epoch.equals(enforcedEpoch);
    }
}
