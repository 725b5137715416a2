package dev.strangler.cutover.workflow;

import java.util.List;

/**
 * Opens the target: the point of no return. First the row, compared and set in one transaction, which is the decision; then what writers
 * meet. Cut off in between, the target is the owner and still refuses: running it again ends that.
 */
final class Opening implements Step {

    @Override
    public StepName name() {
        return StepName.OPEN;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var operation = scene.operation();
        var wanted = "closed, and nothing burned at or after epoch " + operation.to();
        return new Gates(name())
                .ask(
                        "target-fence",
                        wanted,
                        () -> scene.target().state(),
                        state -> Gate.of(
                                        name(),
                                        "target-fence",
                                        !state.isOpen()
                                                && state.isEnforced()
                                                && operation.to().isAfter(Fences.newest(state)),
                                        Fences.said(state),
                                        wanted,
                                        "Run doctor.")
                                .strict())
                .list();
    }

    @Override
    public void run(Scene scene) {
        var operation = scene.operation();
        if (!scene.target().open(operation.to(), operation.id())) {
            throw new StepFailed("The %s refuses to be opened under epoch %s: it is %s."
                    .formatted(
                            Fences.word(operation.target()),
                            operation.to(),
                            Fences.said(scene.target().state())));
        }
        scene.target().enforce();
    }
}
