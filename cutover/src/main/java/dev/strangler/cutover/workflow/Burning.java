package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FenceState;
import java.sql.SQLException;
import java.util.Set;

/**
 * Makes sure that the target is closed and can't be opened under this operation's epoch any more, by whoever still tries. Only then may
 * the source open again.
 */
final class Burning implements Step {

    /** SQLSTATEs: a lock, a statement's time, a deadlock, a conflict, too many connections. */
    private static final Set<String> BUSY = Set.of("55P03", "57014", "40P01", "40001", "53300");

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
            requireSilence(scene, unreachable);
            scene.remark("The %s could not be asked (%s); %s vouched that its database does not run."
                    .formatted(Fences.word(operation.target()), unreachable.getMessage(), operation.who()));
        }
    }

    /** A database that answers anything runs: then an opening may still be under way in it, whoever vouches for what. */
    private static void requireSilence(Scene scene, RuntimeException unreachable) {
        if (isBusy(unreachable)) {
            throw answered(scene, String.valueOf(unreachable.getMessage()));
        }
        FenceState state;
        try {
            state = scene.target().state();
        } catch (RuntimeException silent) {
            if (isBusy(silent)) {
                throw answered(scene, String.valueOf(silent.getMessage()));
            }
            return;
        }
        throw answered(scene, "it is " + Fences.said(state));
    }

    /** Whether a database that runs has said so, having no time, no lock or no place for us. */
    private static boolean isBusy(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && BUSY.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static StepFailed answered(Scene scene, String answer) {
        return new StepFailed(
                "%s vouched that the %s's database does not run, but it answers: %s. Abort without vouching, once whatever holds up its fence has ended."
                        .formatted(
                                scene.operation().who(),
                                Fences.word(scene.operation().target()),
                                answer));
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
