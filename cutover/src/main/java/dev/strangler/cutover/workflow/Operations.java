package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.workflow.Operation.Course;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All operations, stored durably, with who leads each and until when. At most one per feature is not over. */
public interface Operations {

    /**
     * An operation as it stands.
     *
     * @param operation what was asked for
     * @param course how far it has come
     * @param holder who leads it
     * @param isLed whether the lease has not run out
     * @param reason why it was taken back or is stuck; empty when there is nothing to say
     * @param endedAt null while it is not over
     */
    record Standing(
            Operation operation,
            Course course,
            String holder,
            boolean isLed,
            String reason,
            @Nullable Instant endedAt) {

        /** Which it is, whose, since when, and who leads it: what a second operator needs to know. */
        public String said() {
            return "%s by %s, %s since %s, led by %s%s"
                    .formatted(
                            operation.id(),
                            operation.who(),
                            operation.direction().name().toLowerCase(Locale.ROOT),
                            operation.startedAt().truncatedTo(ChronoUnit.SECONDS),
                            holder,
                            isLed ? "" : ", who fell silent");
        }
    }

    /**
     * Stores a new operation, led by the holder.
     *
     * @throws AnotherOperation when one of the feature is not over
     */
    void start(Operation operation, String holder, Duration lease);

    /** The operation of the feature that is not over, if there is one. */
    Optional<Standing> unfinished(FeatureName feature);

    /** All operations that are not over. */
    List<Standing> unfinished();

    /** That operation. */
    Optional<Standing> find(OperationId operation);

    /** The feature's operations, newest first, at most {@code limit}. */
    List<Standing> of(FeatureName feature, int limit);

    /** Takes the lead, if nobody leads or the holder does already; answers whether it does now. */
    boolean lead(OperationId operation, String holder, Duration lease);

    /** Gives the lead up early, so that nobody has to wait for the lease to run out. */
    void leave(OperationId operation, String holder);

    /**
     * Goes over to another course. One that is over leaves the feature in the {@link dev.strangler.cutover.Phase} of the side that has it then: both or neither
     * are stored.
     *
     * @throws LeaseLost when the holder does not lead the operation
     */
    void turn(OperationId operation, String holder, Course to, String reason);

    /**
     * Wants an operation on its way to the target to be taken back: whoever leads it is told by the journal. Needs no lead.
     *
     * @param reason who wants it, and why
     * @return whether it is wanted now; false when the operation is over
     */
    boolean askToTakeBack(OperationId operation, String reason);

    /** Somebody's operation on the feature is not over. */
    final class AnotherOperation extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public AnotherOperation(FeatureName feature, String which) {
            super(("An operation on '%s' is not over: %s. Wait for it, or end it with resume or abort."
                            + " Nothing was changed.")
                    .formatted(feature, which));
        }
    }
}
