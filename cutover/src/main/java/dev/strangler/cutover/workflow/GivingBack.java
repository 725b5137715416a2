package dev.strangler.cutover.workflow;

/** Lets writes go to the source again, those that waited first. */
final class GivingBack implements Step {

    @Override
    public StepName name() {
        return StepName.GIVE_BACK;
    }

    @Override
    public void run(Scene scene) {
        var operation = scene.operation();
        var traffic = scene.with().traffic();
        if (Fences.isOpenAt(scene.source().state(), operation.takenBack())) {
            var why = "%s was taken back".formatted(operation.id());
            traffic.release(operation.id(), operation.source(), operation.takenBack(), operation.who(), why);
            settle(scene);
        } else {
            traffic.unhold(operation.id());
        }
        if (scene.notes().releasedAt().isEmpty()) {
            scene.notes().releasedAt(scene.clock().instant());
        }
    }

    /** Only what the closed side says to those who ask it wrongly; not worth keeping anybody waiting for. */
    private static void settle(Scene scene) {
        var operation = scene.operation();
        try {
            scene.target().settle(operation.source(), operation.takenBack());
        } catch (RuntimeException away) {
            scene.remark("The %s could not be told who owns now (%s)."
                    .formatted(Fences.word(operation.target()), away.getMessage()));
        }
    }
}
