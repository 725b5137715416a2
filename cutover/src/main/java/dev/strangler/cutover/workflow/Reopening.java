package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FenceState;
import java.time.Duration;

/** Opens the source again, under an epoch after the one that was burned. */
final class Reopening implements Step {

    private static final Duration LOOK = Duration.ofMillis(50);

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
     * Whether the fence was not closed after all. That is not known at once when the answer of closing was lost: a statement that is
     * still under way may close it, for as long as its limits allow, and that is waited for.
     */
    private static boolean isUntouched(Scene scene) {
        var state = scene.source().state();
        if (isClosedByUs(scene, state)) {
            return false;
        }
        var mayCloseYet = scene.notes().fencedAt().isEmpty()
                && Fences.isOpenAt(state, scene.operation().from());
        var patience = scene.limits().lock().patience().plus(Duration.ofSeconds(1));
        return state.isOpen()
                && !(mayCloseYet
                        && scene.waiting()
                                .until(() -> isClosedByUs(scene, scene.source().state()), LOOK, patience));
    }

    /** Remembers since when, if whoever closed it could not. */
    private static boolean isClosedByUs(Scene scene, FenceState state) {
        var isOurs = Fences.isClosedBy(state, scene.operation().id());
        if (isOurs && scene.notes().fencedAt().isEmpty()) {
            scene.notes().fencedAt(state.changedAt());
        }
        return isOurs;
    }
}
