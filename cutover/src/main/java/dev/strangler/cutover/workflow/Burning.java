package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FenceState;

/**
 * Makes sure that the target is closed and can't be opened under this operation's epoch any more, by whoever still tries. Only then may
 * the source open again.
 */
final class Burning implements Step {

    private final boolean isTargetAttestedDown;

    /** @param isTargetAttestedDown an operator vouches that the target's database does not run, so it need not be asked */
    Burning(boolean isTargetAttestedDown) {
        this.isTargetAttestedDown = isTargetAttestedDown;
    }

    @Override
    public StepName name() {
        return StepName.BURN;
    }

    @Override
    public void run(Scene scene) {
        var operation = scene.operation();
        try {
            if (!scene.target().burn(operation.to(), operation.id())) {
                throw notBurned(scene);
            }
        } catch (PointPassed | StepFailed known) {
            throw known;
        } catch (RuntimeException unreachable) {
            if (!isTargetAttestedDown) {
                throw unreachable;
            }
            requireSilence(scene);
            scene.remark("The %s could not be asked (%s); %s vouched that its database does not run."
                    .formatted(Fences.word(operation.target()), unreachable.getMessage(), operation.who()));
        }
    }

    /** A database that answers anything runs: then an opening may still be under way in it, whoever vouches for what. */
    private static void requireSilence(Scene scene) {
        FenceState state;
        try {
            state = scene.target().state();
        } catch (RuntimeException silent) {
            return;
        }
        throw new StepFailed(
                "%s vouched that the %s's database does not run, but it answers: it is %s. Abort without vouching, once whatever holds up its fence has ended."
                        .formatted(
                                scene.operation().who(),
                                Fences.word(scene.operation().target()),
                                Fences.said(state)));
    }

    private static RuntimeException notBurned(Scene scene) {
        var operation = scene.operation();
        var state = scene.target().state();
        return Fences.isOpenedBy(state, operation.to(), operation.id())
                ? new PointPassed()
                : new StepFailed("The %s can't be kept closed: it is %s. Run doctor."
                        .formatted(Fences.word(operation.target()), Fences.said(state)));
    }

    /** The target is open: nothing can be taken back any more. */
    static final class PointPassed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PointPassed() {
            super("The target is open already.", null, false, false);
        }
    }
}
