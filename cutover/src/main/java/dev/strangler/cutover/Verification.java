package dev.strangler.cutover;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of all rows of a feature: running, done or failed.
 *
 * @param number grows with each
 * @param owner the side that wrote at its start
 * @param who asked for it
 * @param startedAt control database's clock
 * @param compared rows so far
 * @param total rows that there were at its beginning; 0 while that is not known
 * @param repaired rows that were said again, to put them right
 * @param trouble why it failed; of one that is done, what kept rows from being settled or put right, and the way out
 * @param result once it is done
 */
public record Verification(
        long number,
        FeatureName feature,
        Side owner,
        String who,
        State state,
        Instant startedAt,
        long compared,
        long total,
        long repaired,
        @Nullable String trouble,
        @Nullable Proof result) {

    /** How a comparison stands. */
    public enum State {
        /** An instance of the façade is at it. */
        RUNNING,
        /** There is a proof, of whatever verdict. */
        DONE,
        /** It came to nothing; the feature's earlier proof stays in force. */
        FAILED
    }

    /** The proof; empty unless it is done. */
    public Optional<Proof> proof() {
        return Optional.ofNullable(result);
    }
}
