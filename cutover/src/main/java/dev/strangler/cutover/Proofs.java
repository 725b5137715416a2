package dev.strangler.cutover;

import java.util.List;
import java.util.Optional;

/** The comparisons of all features and what they came to, stored durably. */
public interface Proofs {

    /** A comparison, and whether the caller is the one to carry it out. */
    record Begun(Verification verification, boolean isNew) {}

    /**
     * Notes that a comparison begins, unless one of the feature is running. One whose instance has not been heard of for some
     * seconds is taken for failed.
     */
    Begun begin(FeatureName feature, Side owner, String who);

    /** Notes how far it is, and that its instance is alive. */
    void progress(long number, long compared, long total);

    /** Notes that rows were said again, to put them right. */
    void repaired(long number, long said);

    /** Notes its result, with the first {@value #MOST_DISCREPANCIES} discrepancies. */
    void finish(long number, Parity.Result result);

    /** Notes why it came to nothing. */
    void fail(long number, String trouble);

    /** The feature's newest comparison, running or not. */
    Optional<Verification> newestVerification(FeatureName feature);

    /** The feature's newest proof, of whatever verdict. */
    Optional<Proof> newest(FeatureName feature);

    /** The discrepancies that a comparison found, by key. */
    List<Discrepancy> discrepancies(long number);

    /** How many discrepancies are kept of one comparison. */
    int MOST_DISCREPANCIES = 1_000;
}
