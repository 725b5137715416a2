package dev.strangler.cutover;

/** How far each feature has come, stored durably. */
public interface Phases {

    /** The feature's phase; {@link Phase#MONOLITH} for a feature that nobody has touched. */
    Phase of(FeatureName feature);

    /**
     * Goes from one phase to another.
     *
     * @throws PhaseHasChanged when the stored phase is another one than {@code from}; nothing is changed then
     */
    void advance(FeatureName feature, Phase from, Phase to, String who);

    /** The feature is in another phase than was believed. */
    final class PhaseHasChanged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public PhaseHasChanged(FeatureName feature, Phase expected, Phase current) {
            super("'%s' is %s by now, the change started from %s. Look at it again and decide anew."
                    .formatted(feature, current, expected));
        }
    }
}
