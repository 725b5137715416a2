package dev.strangler.architecture.assess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has claimed what in a map, where a thing with two owners has none: the first to come keeps it, the second one reads in a comment whose it is. */
final class Claims {

    private final String separator;
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, List<String>> refused = new LinkedHashMap<>();

    /** @param separator between a thing and what lies below it, which is claimed with it; empty if nothing does */
    Claims(String separator) {
        this.separator = separator;
    }

    /** Those that nobody else has. */
    List<String> claim(String feature, List<String> wanted) {
        var claimed = new ArrayList<String>();
        for (var one : wanted) {
            var owner = ownerOf(one);
            if (owner == null || owner.equals(feature)) {
                owners.put(one, feature);
                if (!claimed.contains(one)) {
                    claimed.add(one);
                }
            } else {
                refused.computeIfAbsent(feature, unknown -> new ArrayList<>()).add(one + " (" + owner + ")");
            }
        }
        return claimed;
    }

    private @Nullable String ownerOf(String wanted) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getKey().equals(wanted)
                        || isBelow(entry.getKey(), wanted)
                        || isBelow(wanted, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private boolean isBelow(String one, String other) {
        return !separator.isEmpty() && one.startsWith(other + separator);
    }

    /** What the feature does not get, as a comment behind what it does; empty if it gets all. */
    String clashes(String feature) {
        var lost = refused.getOrDefault(feature, List.of());
        return lost.isEmpty() ? "" : " # left out, claimed by another: " + String.join(", ", lost);
    }
}
