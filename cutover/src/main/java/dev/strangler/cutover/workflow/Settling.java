package dev.strangler.cutover.workflow;

import java.time.Duration;

/** Tells the side that is closed now who owns the feature, so that it can say so to whoever still asks it. */
final class Settling implements Step {

    @Override
    public StepName name() {
        return StepName.SETTLE;
    }

    @Override
    public Duration limit(Limits limits) {
        return limits.gap();
    }

    @Override
    public void run(Scene scene) {
        scene.source().settle(scene.operation().target(), scene.operation().to());
    }
}
