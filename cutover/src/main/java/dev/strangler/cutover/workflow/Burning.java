package dev.strangler.cutover.workflow;

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
            scene.remark("The %s could not be asked (%s); %s vouched that its database does not run."
                    .formatted(Fences.word(operation.target()), unreachable.getMessage(), operation.who()));
        }
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
