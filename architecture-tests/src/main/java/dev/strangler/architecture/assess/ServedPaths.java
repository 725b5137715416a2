package dev.strangler.architecture.assess;

import dev.strangler.architecture.code.Annotations;
import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which HTTP paths each part serves, as far as annotations of Spring and JAX-RS say. */
final class ServedPaths {

    private static final List<String> MAPPINGS = List.of(
            "RequestMapping", "GetMapping", "PostMapping", "PutMapping", "DeleteMapping", "PatchMapping", "rs/Path");

    private final Map<String, Set<String>> paths = new TreeMap<>();

    ServedPaths(CodeBase code, Contexts contexts) {
        for (var type : code.classes()) {
            var bases = paths(type.annotations());
            var inner = new ArrayList<String>();
            type.methods().forEach(method -> inner.addAll(paths(CodeClass.annotations(method))));
            if (!bases.isEmpty() || !inner.isEmpty()) {
                var served = paths.computeIfAbsent(contexts.of(type.packageName()), unknown -> new TreeSet<>());
                for (var base : bases.isEmpty() ? List.of("") : bases) {
                    (inner.isEmpty() ? List.of("") : inner).forEach(path -> served.add(fixedPart(base + "/" + path)));
                }
            }
        }
    }

    private static List<String> paths(Annotations annotations) {
        return MAPPINGS.stream()
                .flatMap(annotations::all)
                .flatMap(mapping -> Stream.concat(mapping.texts("value").stream(), mapping.texts("path").stream()))
                .toList();
    }

    /** Up to the first placeholder. */
    private static String fixedPart(String path) {
        var plain = ("/" + path).replaceAll("/+", "/");
        int brace = plain.indexOf('{');
        var fixed = brace < 0 ? plain : plain.substring(0, brace);
        return fixed.endsWith("/") ? fixed.substring(0, fixed.length() - 1) : fixed;
    }

    /** Those left out that lie below another one of the same part. */
    Map<String, List<String>> byContext() {
        var shortest = new TreeMap<String, List<String>>();
        paths.forEach((context, all) -> shortest.put(
                context,
                all.stream()
                        .filter(path -> !path.isEmpty())
                        .filter(path ->
                                all.stream().noneMatch(other -> !other.isEmpty() && path.startsWith(other + "/")))
                        .toList()));
        return shortest;
    }
}
