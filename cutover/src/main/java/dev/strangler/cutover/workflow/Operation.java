package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import java.time.Instant;
import java.util.List;

/**
 * One attempt to hand the writes of a feature over.
 *
 * @param id in whose name fences are closed and opened
 * @param feature whose writes
 * @param direction which way
 * @param from the epoch under which the source writes now
 * @param to the epoch under which the target is to write: after every epoch that either side has seen
 * @param who the operator
 * @param why the reason; may be empty
 * @param waived names of the gates that the operator chose to pass nevertheless
 * @param startedAt control database's clock
 */
public record Operation(
        OperationId id,
        FeatureName feature,
        Direction direction,
        Epoch from,
        Epoch to,
        String who,
        String why,
        List<String> waived,
        Instant startedAt) {

    public Operation {
        waived = List.copyOf(waived);
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("Epoch %s does not follow epoch %s.".formatted(to, from));
        }
    }

    /**
     * The operation that would hand over now.
     *
     * @param source the fence of the side that is to give up, as it stands
     * @param target the fence of the side that is to take over
     */
    public static Operation next(
            Direction direction,
            FenceState source,
            FenceState target,
            String who,
            String why,
            List<String> waived,
            Instant now) {
        var newest =
                Fences.newest(source).isAfter(Fences.newest(target)) ? Fences.newest(source) : Fences.newest(target);
        return new Operation(
                OperationId.random(),
                source.feature(),
                direction,
                source.epoch(),
                newest.next(),
                who,
                why,
                waived,
                now);
    }

    /** The side that writes before. */
    public Side source() {
        return direction.from();
    }

    /** The side that is to write. */
    public Side target() {
        return direction.to();
    }

    /** The epoch under which the source writes again when this is taken back: a late opening of the target then comes too late. */
    public Epoch takenBack() {
        return to.next();
    }

    /** What an unfinished operation is at. */
    public enum Course {
        /** On its way to the target. */
        RUNNING,
        /** Being taken back. */
        ABORTING,
        /** The target owns. */
        DONE,
        /** The source owns, as before. */
        ABORTED;

        /** Whether nothing more will happen. */
        public boolean isOver() {
            return this == DONE || this == ABORTED;
        }
    }
}
