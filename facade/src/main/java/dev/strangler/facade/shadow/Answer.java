package dev.strangler.facade.shadow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is compared of an answer: values by field, such as {@code status}, {@code items[].version}. A list is the multitude of its values:
 * in what order they come does not count.
 *
 * @param fields the values of each field, sorted
 */
record Answer(Map<String, List<String>> fields) {

    private static final int MOST_CHARACTERS = 200;

    /** Collects the values of an answer. */
    static final class Collecting {

        private final Map<String, List<String>> fields = new TreeMap<>();

        void add(String field, String value) {
            fields.computeIfAbsent(field, name -> new ArrayList<>()).add(value);
        }

        Answer done() {
            fields.values().forEach(values -> values.sort(null));
            return new Answer(fields);
        }
    }

    /** The fields in which two answers differ. */
    Set<String> differencesTo(Answer other) {
        var names = new TreeSet<>(fields.keySet());
        names.addAll(other.fields.keySet());
        names.removeIf(name -> Objects.equals(fields.get(name), other.fields.get(name)));
        return names;
    }

    /** The values of a field that the other answer does not have, shortened; all of them when those are none. */
    String apartFrom(Answer other, String field) {
        var mine = fields.get(field);
        if (mine == null) {
            return "(absent)";
        }
        var apart = new ArrayList<>(mine);
        without(apart, other.fields.getOrDefault(field, List.of()));
        var text = String.join(", ", apart.isEmpty() ? mine : apart);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    private static void without(List<String> values, Collection<String> others) {
        others.forEach(values::remove);
    }
}
