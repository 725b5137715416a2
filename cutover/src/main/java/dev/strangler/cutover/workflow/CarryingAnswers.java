package dev.strangler.cutover.workflow;

/** Copies remembered answers to the target: the bulk before the fence, the rest behind it. */
record CarryingAnswers(StepName name) implements Step {

    @Override
    public void run(Scene scene) {
        var since = scene.notes().carriedUpTo().orElse(null);
        scene.notes().carriedUpTo(scene.with().answers().carry(since).upTo());
    }
}
