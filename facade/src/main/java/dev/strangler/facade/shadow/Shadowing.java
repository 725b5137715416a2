package dev.strangler.facade.shadow;

import dev.strangler.cutover.Percentage;

/** Where the public port leaves reads to be compared. Nothing here waits or throws. */
public interface Shadowing {

    /** Compares nothing. */
    Shadowing NONE = new Shadowing() {
        @Override
        public boolean takes(Percentage share) {
            return false;
        }

        @Override
        public void offer(ShadowedRead read) {}
    };

    /** Whether the read at hand is among that share of them. */
    boolean takes(Percentage share);

    /** Compares the read some time soon, or counts it as dropped when there are too many. */
    void offer(ShadowedRead read);
}
