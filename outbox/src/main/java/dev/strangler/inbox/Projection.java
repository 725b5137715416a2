package dev.strangler.inbox;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables that one consumer fills from the log and that nobody else writes.
 *
 * @param tables their names, without schema
 * @param reading further schemas in which the handler finds what it reads but does not write (functions, types, lookup tables)
 */
public record Projection(List<String> tables, List<String> reading) {

    /** Refuses an empty list of tables, and names that carry a schema. */
    public Projection {
        tables = List.copyOf(tables);
        reading = List.copyOf(reading);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("A projection has no table, at least one is needed.");
        }
        for (var table : tables) {
            if (table.contains(".")) {
                throw new IllegalArgumentException(
                        "Table '%s' is named with its schema, allowed is the name alone: the same statements must work in another schema."
                                .formatted(table));
            }
        }
    }

    /** The tables of a projection whose handler needs nothing else of the application. */
    public static Projection of(String... tables) {
        return new Projection(List.of(tables), List.of());
    }

    /** The same, with a schema in which the handler also reads. What it writes there during a rebuild is not rebuilt but written. */
    public Projection alsoReading(String schema) {
        var more = new ArrayList<>(reading);
        more.add(schema);
        return new Projection(tables, more);
    }
}
