package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Discrepancy;
import dev.strangler.cutover.Discrepancy.Kind;
import dev.strangler.cutover.Proofs;
import dev.strangler.cutover.jdbc.FeatureState.Leaves;
import dev.strangler.cutover.jdbc.FeatureState.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two rows of one key that are not alike, as they were read at about the same time. */
record Difference(String key, @Nullable Row owner, @Nullable Row copy) {

    /** Those of the keys whose rows are not alike. */
    static List<Difference> between(Collection<String> keys, Map<String, Row> owner, Map<String, Row> copy) {
        var differences = new ArrayList<Difference>();
        for (var key : keys) {
            var difference = new Difference(key, owner.get(key), copy.get(key));
            if (!Objects.equals(difference.owner(), difference.copy())) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** The same in the words of the report, with the fields of the first ones where versions agree; by key. */
    static List<Discrepancy> told(TwoSides sides, List<Difference> differences) {
        var sorted = differences.stream()
                .sorted(Comparator.comparing(Difference::key))
                .toList();
        var wanted = sorted.stream()
                .filter(difference -> difference.kind() == Kind.DIFFERENT)
                .map(Difference::key)
                .limit(Proofs.MOST_DISCREPANCIES)
                .toList();
        if (wanted.isEmpty()) {
            return sorted.stream().map(difference -> difference.told(List.of())).toList();
        }
        var leaves = sides.ask(side -> side.leaves(wanted));
        return sorted.stream()
                .map(difference -> difference.told(fields(
                        leaves.owner().get(difference.key()), leaves.copy().get(difference.key()))))
                .toList();
    }

    Kind kind() {
        if (copy == null) {
            return Kind.MISSING;
        }
        if (owner == null) {
            return Kind.EXTRA;
        }
        if (copy.version() != owner.version()) {
            return copy.version() < owner.version() ? Kind.BEHIND : Kind.AHEAD;
        }
        return Kind.DIFFERENT;
    }

    private Discrepancy told(List<Discrepancy.Field> fields) {
        return new Discrepancy(
                key, kind(), owner == null ? null : owner.version(), copy == null ? null : copy.version(), fields);
    }

    /** Nothing where one has moved on meanwhile: fields of two versions say nothing. */
    private static List<Discrepancy.Field> fields(@Nullable Leaves owner, @Nullable Leaves copy) {
        if (owner == null || copy == null || owner.version() != copy.version()) {
            return List.of();
        }
        var paths = new TreeSet<>(owner.values().keySet());
        paths.addAll(copy.values().keySet());
        return paths.stream()
                .filter(path ->
                        !Objects.equals(owner.values().get(path), copy.values().get(path)))
                .map(path -> new Discrepancy.Field(
                        path, owner.values().get(path), copy.values().get(path)))
                .toList();
    }
}
