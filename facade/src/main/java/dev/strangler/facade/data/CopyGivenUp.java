package dev.strangler.facade.data;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Phase;

/** The monolith's copy of the feature was given up for good, so there is nothing to copy to, and nothing to compare with. */
public final class CopyGivenUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CopyGivenUp(String message) {
        super(message);
    }

    /**
     * Does nothing while both sides are kept up.
     *
     * @param what was asked for, such as {@code compared}
     * @throws CopyGivenUp when the feature is sealed or retired
     */
    static void unless(FeatureName feature, Phase phase, String what) {
        if (phase.isFinal()) {
            throw new CopyGivenUp(
                    "'%s' can't be %s: it is %s, so the monolith's copy stands still for good; both sides must be kept up. Nothing is left to do for it: see with retire what of it still stands."
                            .formatted(feature, what, phase));
        }
    }
}
