package dev.strangler.side;

import dev.strangler.cutover.Side;
import org.jspecify.annotations.Nullable;

/**
 * How this side stands to a feature at one moment.
 *
 * @param side which of the two this one is
 * @param open whether this side may write
 * @param epoch the number of the last handover that this side took part in
 * @param owner who may write, as far as this side was told; null while nobody may
 * @param ownerEpoch since which handover
 */
public record Standing(
        String feature,
        Side side,
        boolean open,
        long epoch,
        @Nullable Side owner,
        long ownerEpoch) {

    /** Whether the other side is known to own the feature: then a request for a change belongs there. */
    public boolean isOwnedByTheOther() {
        return !open && owner != null && owner != side;
    }
}
