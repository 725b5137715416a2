package dev.strangler.cutover.workflow;

import java.time.Duration;

/** Moves the target's id generators past whatever the source has given out. */
final class RaisingIds implements Step {

    private static final long BEYOND = 1_000;

    @Override
    public StepName name() {
        return StepName.RAISE_IDS;
    }

    @Override
    public Duration limit(Limits limits) {
        return limits.gap();
    }

    @Override
    public void run(Scene scene) {
        scene.with().ids().raise(BEYOND);
    }
}
