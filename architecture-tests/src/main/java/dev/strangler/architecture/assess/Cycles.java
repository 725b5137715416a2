package dev.strangler.architecture.assess;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds parts that need each other, however long the way round is. */
final class Cycles {

    private Cycles() {}

    /** Each group of parts of which every one needs every other, directly or through others, as {@code a ⇄ b ⇄ c}. */
    static List<String> of(Map<String, ? extends Map<String, ?>> needs) {
        var cycles = new ArrayList<String>();
        var told = new TreeSet<String>();
        for (var part : new TreeSet<>(needs.keySet())) {
            var group = new TreeSet<String>();
            for (var other : reached(part, needs)) {
                if (reached(other, needs).contains(part)) {
                    group.add(other);
                }
            }
            if (group.size() > 1 && told.addAll(group)) {
                cycles.add(String.join(" ⇄ ", group));
            }
        }
        return cycles;
    }

    private static Set<String> reached(String from, Map<String, ? extends Map<String, ?>> needs) {
        var reached = new TreeSet<String>();
        var waiting = new ArrayDeque<>(List.of(from));
        while (!waiting.isEmpty()) {
            var needed = needs.get(waiting.remove());
            if (needed != null) {
                needed.keySet().stream().filter(reached::add).forEach(waiting::add);
            }
        }
        return reached;
    }
}
