package dev.strangler.architecture.mapping;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a mapped class that reaches beyond the row of its own.
 *
 * @param declaredIn the class that declares it, by internal name
 * @param attribute its name
 * @param target the class at its other end, by internal name; null for a collection of values
 * @param cascades what is passed on to the other end, as {@code PERSIST, MERGE, REMOVE}
 * @param orphanRemoval whether what is taken out of it is deleted
 * @param table the join or collection table that changes with it; null if it has none or the other end keeps it
 * @param writesTarget whether changing the collection writes a key into the rows of the other end
 */
public record Relation(
        String declaredIn,
        String attribute,
        @Nullable String target,
        Set<String> cascades,
        boolean orphanRemoval,
        @Nullable String table,
        boolean writesTarget) {

    /** Copies its set. */
    public Relation {
        cascades = Set.copyOf(cascades);
    }

    /** Whether storing one end stores the other. */
    public boolean cascadesStoring() {
        return cascades.contains("PERSIST") || cascades.contains("MERGE");
    }

    /** Whether deleting one end, or taking something out of it, deletes the other. */
    public boolean cascadesDeleting() {
        return cascades.contains("REMOVE") || orphanRemoval;
    }

    /** Declaring class and attribute, as a person says them. */
    public String told() {
        return declaredIn.substring(declaredIn.lastIndexOf('/') + 1).replace('$', '.') + "." + attribute;
    }
}
