package dev.strangler.cutover.workflow;

import java.util.List;
import java.util.Locale;

/** Moves the target's id generators past whatever the source has given out. */
final class RaisingIds implements Step {

    private static final long BEYOND = 1_000;

    @Override
    public StepName name() {
        return StepName.RAISE_IDS;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var limit = String.format(Locale.ROOT, "room for %,d more ids", BEYOND);
        return new Gates(name())
                .ask(
                        "id-generators",
                        limit,
                        () -> scene.with().ids().withoutRoom(BEYOND),
                        full -> Gate.of(
                                        name(),
                                        "id-generators",
                                        full.isEmpty(),
                                        full.isEmpty() ? "all have it" : String.join("; ", full),
                                        limit,
                                        "Widen those sequences and their columns.")
                                .strict())
                .list();
    }

    @Override
    public void run(Scene scene) {
        scene.with().ids().raise(BEYOND);
    }
}
