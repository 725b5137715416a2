package dev.strangler.architecture.assess;

import dev.strangler.architecture.assess.Assessment.SharedMethod;
import dev.strangler.architecture.writes.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stands in the way of one part's leaving. The weights say only what is dearer than what: a foreign write must be replaced by a
 * command or an event, a shared transaction by a process, a mention often by a read-only copy.
 */
final class Obstacles {

    private static final int FOREIGN_WRITE = 5;
    private static final int SHARED_TRANSACTION = 3;
    private static final int UNREADABLE = 3;

    private final List<String> told = new ArrayList<>();
    private int effort;

    Obstacles(
            String context,
            Map<String, String> owners,
            Map<String, Map<String, List<Write>>> matrix,
            List<SharedMethod> shared,
            Map<String, Map<String, Integer>> needs,
            long unreadable) {
        int incoming = 0;
        int outgoing = 0;
        Set<String> invaders = new TreeSet<>();
        Set<String> invaded = new TreeSet<>();
        for (var row : matrix.entrySet()) {
            var owner = owners.getOrDefault(row.getKey(), Contexts.SHARED);
            for (var cell : row.getValue().entrySet()) {
                if (owner.equals(context) && !cell.getKey().equals(context)) {
                    incoming += cell.getValue().size();
                    invaders.add(cell.getKey());
                } else if (!owner.equals(context) && cell.getKey().equals(context)) {
                    outgoing += cell.getValue().size();
                    invaded.add(row.getKey());
                }
            }
        }
        note(incoming, FOREIGN_WRITE, "%d writes to its tables come from " + String.join(", ", invaders));
        note(outgoing, FOREIGN_WRITE, "it writes tables of others %d times: " + String.join(", ", invaded));
        note(
                (int) shared.stream()
                        .filter(method -> method.contexts().contains(context))
                        .count(),
                SHARED_TRANSACTION,
                "%d methods write its tables together with those of others");
        note((int) unreadable, UNREADABLE, "%d of its writes can't be read");
        note(
                needs.getOrDefault(context, Map.of()).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum(),
                1,
                "%d of its classes mention other parts: "
                        + String.join(
                                ", ", needs.getOrDefault(context, Map.of()).keySet()));
        note(
                needs.values().stream()
                        .map(others -> others.get(context))
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .sum(),
                1,
                "%d classes of other parts mention it");
    }

    private void note(int count, int weight, String sentence) {
        if (count > 0) {
            effort += count * weight;
            told.add(sentence.formatted(count));
        }
    }

    int effort() {
        return effort;
    }

    List<String> told() {
        return List.copyOf(told);
    }
}
