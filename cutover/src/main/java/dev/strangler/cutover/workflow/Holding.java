package dev.strangler.cutover.workflow;

/** Keeps writes waiting at the façade. Not what makes the handover safe, which is the fence: it spares clients the refusals. */
final class Holding implements Step {

    @Override
    public StepName name() {
        return StepName.HOLD;
    }

    @Override
    public void run(Scene scene) {
        hold(scene);
    }

    static void hold(Scene scene) {
        var limits = scene.limits();
        scene.notes().heldAt(scene.clock().instant());
        var late = scene.with()
                .traffic()
                .hold(
                        scene.operation().id(),
                        limits.instances().hold(),
                        limits.instances().acknowledge());
        if (!late.isEmpty()) {
            scene.remark("Instances %s did not hold writes in time; the fence refused what they sent."
                    .formatted(String.join(", ", late)));
        }
    }
}
