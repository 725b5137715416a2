package dev.strangler.cutover.workflow;

import java.time.Duration;

/** Copies remembered answers to the target: the bulk before the fence, the rest behind it. */
record CarryingAnswers(StepName name) implements Step {

    @Override
    public Duration limit(Limits limits) {
        return name == StepName.CARRY ? limits.gap() : Duration.ofMinutes(10);
    }

    @Override
    public void run(Scene scene) {
        var since = scene.notes().carriedUpTo().orElse(null);
        scene.notes().carriedUpTo(scene.with().answers().carry(since).upTo());
    }
}
