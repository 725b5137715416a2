package dev.strangler.cutover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a YAML file, read with patience: a mistake is noted with its path and reading goes on with something harmless, so that
 * all of them can be told at once.
 */
final class YamlNode {

    private final String path;
    private final @Nullable Object value;
    private final List<String> mistakes;
    private final Placeholders placeholders;

    YamlNode(String path, @Nullable Object value, List<String> mistakes, Placeholders placeholders) {
        this.path = path;
        this.value = value;
        this.mistakes = mistakes;
        this.placeholders = placeholders;
    }

    void mistake(String sentence) {
        mistakes.add((path.isEmpty() ? "the file" : path) + ": " + sentence);
    }

    YamlNode child(String key) {
        return new YamlNode(path.isEmpty() ? key : path + "." + key, map().get(key), mistakes, placeholders);
    }

    /** The children by name; what is no map counts as one mistake and reads as empty. */
    Map<String, YamlNode> children() {
        var children = new LinkedHashMap<String, YamlNode>();
        map().keySet().forEach(key -> children.put(key, child(key)));
        return children;
    }

    /** As {@link #children()}, with keys outside the allowed ones noted as mistakes. */
    YamlNode allowing(String... keys) {
        var allowed = Set.of(keys);
        map().keySet().stream()
                .filter(key -> !allowed.contains(key))
                .forEach(key -> child(key)
                        .mistake("unknown key, allowed here are %s. Remove or rename it."
                                .formatted(String.join(", ", keys))));
        return this;
    }

    String text() {
        if (value == null || value instanceof Map || value instanceof List) {
            mistake("must be a text. Add it.");
            return "";
        }
        var toldBefore = mistakes.size();
        var resolved = placeholders.resolve(value.toString(), this::mistake);
        if (resolved.isBlank() && mistakes.size() == toldBefore) {
            mistake("must not be blank. Give it a value.");
        }
        return resolved;
    }

    /** A list of texts with at least one element and no element twice. */
    List<String> texts() {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            mistake("must be a list with at least one element. Add it, such as [one, two].");
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var index = 0; index < list.size(); index++) {
            var element = new YamlNode(path + "[" + index + "]", list.get(index), mistakes, placeholders);
            var text = element.text();
            if (texts.contains(text)) {
                element.mistake("'%s' is there twice. Remove one.".formatted(text));
            }
            texts.add(text);
        }
        return texts;
    }

    /** The same, but {@code []} says that there is none; leaving it out says nothing and is a mistake. */
    List<String> textsOrNone() {
        return value instanceof List<?> list && list.isEmpty() ? List.of() : texts();
    }

    private Map<String, @Nullable Object> map() {
        if (!(value instanceof Map<?, ?> map)) {
            return Map.of();
        }
        var byName = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, child) -> byName.put(String.valueOf(key), child));
        return byName;
    }

    /** Whether there is anything, right or wrong. */
    boolean isGiven() {
        return value != null;
    }

    boolean isMissing() {
        return map().isEmpty();
    }
}
