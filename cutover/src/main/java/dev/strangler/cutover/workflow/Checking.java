package dev.strangler.cutover.workflow;

import java.util.LinkedHashSet;
import java.util.List;

/** Compares what was written since the last comparison. Nobody writes and everything has arrived: here every difference counts. */
final class Checking implements Step {

    @Override
    public StepName name() {
        return StepName.CHECK;
    }

    @Override
    public void run(Scene scene) {
        var comparing = scene.with().comparing();
        var ids = new LinkedHashSet<>(scene.notes().unsettled());
        scene.notes()
                .comparedUpTo()
                .ifPresent(since -> ids.addAll(
                        Gap.within(scene, "Looking for what has changed", () -> comparing.changedSince(since))));
        var suspects = List.copyOf(ids);
        var differences =
                Gap.within(scene, "Comparing the two sides", () -> ComparingBefore.differing(comparing, suspects));
        if (!differences.isEmpty()) {
            throw new StepFailed(
                    "%d of %d aggregates differ though everything has arrived; the first is %s. Run verify, which shows the fields and repairs them."
                            .formatted(differences.size(), ids.size(), ComparingBefore.said(differences.get(0))));
        }
    }
}
