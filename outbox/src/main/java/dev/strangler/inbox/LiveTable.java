package dev.strangler.inbox;

import java.util.List;

/**
 * A table of a live projection.
 *
 * @param schema where it lives
 * @param key the columns of its primary key; none if it has no key
 * @param columns all that are written, in their order; generated ones are not
 */
record LiveTable(String schema, String name, List<String> key, List<String> columns) {

    String qualified() {
        return quoted(schema) + "." + quoted(name);
    }

    String qualifiedIn(String otherSchema) {
        return quoted(otherSchema) + "." + quoted(name);
    }

    /** {@code "a", "b"}. */
    String columnList() {
        return String.join(", ", columns.stream().map(LiveTable::quoted).toList());
    }

    /** {@code l."id" = r."id" and ...}. */
    String sameKey() {
        return String.join(
                " and ",
                key.stream()
                        .map(column -> "l." + quoted(column) + " = r." + quoted(column))
                        .toList());
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
