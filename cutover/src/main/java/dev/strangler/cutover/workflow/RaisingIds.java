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

    /** What was looked at, what is raised by its rows alone, and what has no room. */
    private record Room(List<String> columns, List<String> alone, List<String> lacking) {

        static Room of(IdGenerators ids) {
            return new Room(ids.columns(), ids.withoutCounterpart(), ids.withoutRoom(BEYOND));
        }

        /** Names what was looked at, so that a reader misses what was not. */
        String said() {
            if (!lacking.isEmpty()) {
                return String.join("; ", lacking);
            }
            if (columns.isEmpty()) {
                return "no column has one that the database knows of";
            }
            return sorted("all have it: ", columns)
                    + (alone.isEmpty() ? "" : sorted("; the other side has none of that name for ", alone));
        }

        private static String sorted(String said, List<String> columns) {
            return columns.stream().sorted().collect(Collectors.joining(", ", said, ""));
        }
    }

    @Override
    public void run(Scene scene) {
        Gap.within(scene, "Raising id generators", () -> scene.with().ids().raise(BEYOND));
    }
}
