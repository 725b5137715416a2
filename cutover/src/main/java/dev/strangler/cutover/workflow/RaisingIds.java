package dev.strangler.cutover.workflow;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
                        () -> Room.of(scene.with().ids()),
                        room -> Gate.of(
                                        name(),
                                        "id-generators",
                                        room.lacking().isEmpty(),
                                        room.said(),
                                        limit,
                                        "Widen those sequences and their columns.")
                                .strict())
                .list();
    }

    /** What was looked at, and what has no room. */
    private record Room(List<String> columns, List<String> lacking) {

        static Room of(IdGenerators ids) {
            return new Room(ids.columns(), ids.withoutRoom(BEYOND));
        }

        /** Names what was looked at, so that a reader misses what was not. */
        String said() {
            if (!lacking.isEmpty()) {
                return String.join("; ", lacking);
            }
            return columns.isEmpty()
                    ? "no column has one that the database knows of"
                    : columns.stream().sorted().collect(Collectors.joining(", ", "all have it: ", ""));
        }
    }

    @Override
    public void run(Scene scene) {
        Gap.within(scene, "Raising id generators", () -> scene.with().ids().raise(BEYOND));
    }
}
