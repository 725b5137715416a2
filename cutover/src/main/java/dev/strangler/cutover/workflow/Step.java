package dev.strangler.cutover.workflow;

import java.util.List;

/**
 * One step of a handover. Running it again after it was cut off anywhere has the same effect as running it once, and so has running it
 * after it was done.
 */
interface Step {

    StepName name();

    /** What must hold before the operation starts, so that this step will not fail; asked by the dry run and by the real one. */
    default List<Gate> gates(Scene scene) {
        return List.of();
    }

    /**
     * Does it.
     *
     * @throws StepFailed when it can't be done within the limits; any other exception means that its outcome is not known
     */
    void run(Scene scene);
}
