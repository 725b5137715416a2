package dev.strangler.cutover.workflow;

/** Opens the source again, under an epoch after the one that was burned. */
final class Reopening implements Step {

    @Override
    public StepName name() {
        return StepName.REOPEN;
    }

    @Override
    public void run(Scene scene) {
        var operation = scene.operation();
        if (isUntouched(scene)) {
            // Closing may have been cut off between what writers meet and what is decided: then they met it closed.
            if (!scene.source().state().isEnforced()) {
                scene.source().enforce();
            }
            return;
        }
        if (!scene.source().open(operation.takenBack(), operation.id())) {
            throw new StepFailed("The %s refuses to be opened again under epoch %s: it is %s. Run doctor."
                    .formatted(
                            Fences.word(operation.source()),
                            operation.takenBack(),
                            Fences.said(scene.source().state())));
        }
        scene.source().enforce();
    }

    /**
     * Whether the fence was not closed after all. Who noted that it would be closed may be about to still, and may have been taken for dead
     * for that very reason: so it is barred, and stays untouched.
     */
    private static boolean isUntouched(Scene scene) {
        var operation = scene.operation();
        if (Fences.isOpenAt(scene.source().state(), operation.from())) {
            scene.source().bar(operation.id());
        }
        var state = scene.source().state();
        if (Fences.isClosedBy(state, operation.id()) && scene.notes().fencedAt().isEmpty()) {
            // Whoever closed it could not note it.
            scene.notes().fencedAt(state.changedAt());
        }
        return state.isOpen();
    }
}
