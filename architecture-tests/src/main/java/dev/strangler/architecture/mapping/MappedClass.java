package dev.strangler.architecture.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class whose objects are rows.
 *
 * @param type its internal name
 * @param entityName how queries call it
 * @param table where its rows begin, lower case, in the naming of the database
 * @param secondaryTables further tables of the same class
 * @param parent the nearest mapped class above it, null if it is the root
 * @param relations its own and inherited attributes that reach beyond its row
 * @param statements SQL given in place of what the mapper would say: kind ({@code SQLDelete}) to text
 */
public record MappedClass(
        String type,
        String entityName,
        String table,
        List<String> secondaryTables,
        @Nullable String parent,
        List<Relation> relations,
        Map<String, String> statements) {

    /** Copies its collections. */
    public MappedClass {
        secondaryTables = List.copyOf(secondaryTables);
        relations = List.copyOf(relations);
        statements = Map.copyOf(statements);
    }
}
