package dev.strangler.cutover;

import java.util.Optional;

/** The certificates of rehearsals, stored durably; their lines stay where they were made. */
public interface Rehearsals {

    /** Keeps one more. */
    void keep(Rehearsal rehearsal);

    /** The feature's newest one, clean or not. */
    Optional<Rehearsal> newest(FeatureName feature);
}
