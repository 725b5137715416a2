package dev.strangler.architecture.writes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * One change of one of Liquibase's change sets, or a part of it, the same from all forms of change logs. What undoes a change is none.
 *
 * @param name as the log calls it, such as {@code addColumn}
 * @param values its attributes
 * @param text what stands in it; empty if only parts do
 * @param parts such as columns
 */
record Change(String name, Map<String, String> values, String text, List<Change> parts) {

    static boolean isStructured(String path) {
        return path.endsWith(".yml") || path.endsWith(".yaml") || path.endsWith(".json");
    }

    static List<Change> inXml(String log) {
        return Jsoup.parse(log, "", Parser.xmlParser()).select("databaseChangeLog > changeSet > *").stream()
                .map(Change::of)
                .toList();
    }

    private static Change of(Element element) {
        var values = new HashMap<String, String>();
        for (Attribute attribute : element.attributes()) {
            values.put(attribute.getKey(), attribute.getValue());
        }
        return new Change(
                element.tagName(),
                values,
                element.wholeText(),
                element.children().stream().map(Change::of).toList());
    }

    /** Of YAML, and of JSON which is a part of it; empty if it is neither. */
    static Optional<List<Change>> inYaml(String log) {
        try {
            var changes = new ArrayList<Change>();
            Object whole = new Yaml(new SafeConstructor(new LoaderOptions())).load(log);
            for (var entry : list(value(whole, "databaseChangeLog"))) {
                for (var change : list(value(value(entry, "changeSet"), "changes"))) {
                    changes.addAll(named(change));
                }
            }
            return Optional.of(changes);
        } catch (YAMLException broken) {
            return Optional.empty();
        }
    }

    private static @Nullable Object value(@Nullable Object node, String key) {
        return node instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static Collection<?> list(@Nullable Object node) {
        return node instanceof Collection<?> list ? list : List.of();
    }

    /** What a map or list of maps holds under names. */
    private static List<Change> named(@Nullable Object node) {
        var found = new ArrayList<Change>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> found.add(of(String.valueOf(key), value)));
        }
        list(node).forEach(one -> found.addAll(named(one)));
        return found;
    }

    private static Change of(String name, @Nullable Object node) {
        var values = new HashMap<String, String>();
        var parts = new ArrayList<Change>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value instanceof Map<?, ?>) {
                    parts.add(of(String.valueOf(key), value));
                } else if (value instanceof Collection<?> list) {
                    parts.addAll(named(list));
                } else {
                    values.put(String.valueOf(key), String.valueOf(value));
                }
            });
        }
        boolean isText = node != null && !(node instanceof Map<?, ?>) && !(node instanceof Collection<?>);
        var inner = Stream.of("sql", "procedureText", "procedureBody")
                .map(key -> values.getOrDefault(key, ""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new Change(name, values, isText ? String.valueOf(node) : inner, parts);
    }

    /** The first of these attributes that has a value; empty if none has. */
    String first(List<String> keys) {
        return keys.stream()
                .map(key -> values.getOrDefault(key, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** All parts of that name, however deep. */
    Stream<Change> all(String part) {
        return parts.stream()
                .flatMap(inner ->
                        Stream.concat(inner.name.equals(part) ? Stream.of(inner) : Stream.of(), inner.all(part)));
    }
}
