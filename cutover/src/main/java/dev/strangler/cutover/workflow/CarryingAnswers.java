package dev.strangler.cutover.workflow;

/** Copies remembered answers to the target: the bulk before the fence, the rest behind it. */
record CarryingAnswers(StepName name) implements Step {

    @Override
    public void run(Scene scene) {
        var since = scene.notes().carriedUpTo().orElse(null);
        var answers = scene.with().answers();
        var carried = name.region() == StepName.Region.GAP
                ? Gap.within(scene, "Copying remembered answers", () -> answers.carry(since))
                : answers.carry(since);
        scene.notes().carriedUpTo(carried.upTo());
    }
}
