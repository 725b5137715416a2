package dev.strangler.architecture.code;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who extends whom, as far as the code base goes: types of libraries are known by name only. Several threads may ask at once. */
public final class Hierarchy {

    private final CodeBase code;
    private final Map<String, Set<String>> children = new HashMap<>();
    private final Map<String, Set<String>> above = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> below = new ConcurrentHashMap<>();

    /** Reads the hierarchy of a code base. */
    public Hierarchy(CodeBase code) {
        this.code = code;
        code.classes()
                .forEach(type -> type.parents()
                        .forEach(parent -> children.computeIfAbsent(parent, unknown -> new TreeSet<>())
                                .add(type.name())));
    }

    /** The type itself and everything above it, nearest first; of a library's type only itself. */
    public Set<String> upwards(String type) {
        return above.computeIfAbsent(type, begin -> reached(begin, this::parents));
    }

    /** The type itself and everything of the code base below it. */
    public Set<String> downwards(String type) {
        return below.computeIfAbsent(type, begin -> reached(begin, next -> children.getOrDefault(next, Set.of())));
    }

    private Collection<String> parents(String type) {
        var read = code.find(type);
        return read == null ? Set.of() : read.parents().toList();
    }

    private static Set<String> reached(String begin, Function<String, Collection<String>> nearest) {
        var found = new LinkedHashSet<String>();
        var waiting = new ArrayDeque<>(List.of(begin));
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            if (found.add(next)) {
                waiting.addAll(nearest.apply(next));
            }
        }
        return Collections.unmodifiableSet(found);
    }

    /** Whether one is the other or lies below it. */
    public boolean isA(@Nullable String type, String other) {
        return type != null && (type.equals(other) || upwards(type).contains(other));
    }

    /** The most special type that both are, as far as known; {@code java/lang/Object} if there is none. */
    public String common(String one, String other) {
        if (isA(one, other)) {
            return other;
        }
        return upwards(one).stream()
                .filter(candidate -> !candidate.equals("java/lang/Object") && isA(other, candidate))
                .findFirst()
                .orElse("java/lang/Object");
    }
}
