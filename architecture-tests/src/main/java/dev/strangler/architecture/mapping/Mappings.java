package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.Hierarchy;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All mapped classes of a code base, and what writing one of them touches. */
public final class Mappings {

    private final Hierarchy hierarchy;
    private final Map<String, MappedClass> byType;
    private final PersistentFields fields;
    private final TypedTables typed;

    private Mappings(Hierarchy hierarchy, Map<String, MappedClass> byType, PersistentFields fields, TypedTables typed) {
        this.hierarchy = hierarchy;
        this.byType = byType;
        this.fields = fields;
        this.typed = typed;
    }

    /** Reads annotations (of either name of JPA, and of Spring Data's relational mapping) and mapping files. */
    public static Mappings of(CodeBase code, Hierarchy hierarchy, TableNaming naming) {
        var fields = new PersistentFields(code, hierarchy);
        var mapped = new TreeMap<String, MappedClass>();
        var reading = new ReadingAnnotations(code, hierarchy, naming);
        code.classes().stream()
                .map(reading::read)
                .flatMap(Optional::stream)
                .forEach(one -> mapped.put(one.type(), one));
        new ReadingMappingFiles(code, naming).read().forEach(one -> {
            mapped.putIfAbsent(one.type(), one);
            fields.addAll(one.type());
        });
        new ReadingOrmFiles(code, hierarchy, naming, mapped, fields).read();
        return new Mappings(hierarchy, mapped, fields, new TypedTables(code, hierarchy));
    }

    /** All of them, by name of the class. */
    public Collection<MappedClass> all() {
        return byType.values();
    }

    /** The mapped class of that internal name. */
    public Optional<MappedClass> find(@Nullable String type) {
        return type == null ? Optional.empty() : Optional.ofNullable(byType.get(type));
    }

    /** The mapped class that queries call so, by its simple or its full name. */
    public Optional<MappedClass> named(String entityName) {
        var type = entityName.replace('.', '/');
        return byType.values().stream()
                .filter(one -> one.entityName().equals(entityName) || one.type().equals(type))
                .findFirst();
    }

    /**
     * What a value of this static type can be: the class itself; of an interface or unmapped superclass, every mapped class below it;
     * of a class below a mapped one, the mapped one.
     */
    public List<MappedClass> possible(String type) {
        for (var above : hierarchy.upwards(type)) {
            var found = byType.get(above);
            if (found != null) {
                return List.of(found);
            }
        }
        return type.equals("java/lang/Object")
                ? List.of()
                : hierarchy.downwards(type).stream()
                        .map(byType::get)
                        .filter(one -> one != null)
                        .toList();
    }

    /** The table of the class, those of the classes that it extends, and its secondary ones. */
    public Set<String> ownTables(MappedClass mapped) {
        var tables = new LinkedHashSet<String>();
        for (@Nullable MappedClass one = mapped;
                one != null;
                one = one.parent() == null ? null : byType.get(one.parent())) {
            tables.add(one.table());
            tables.addAll(one.secondaryTables());
        }
        return tables;
    }

    /** The tables that a deletion of all objects of the class empties: its own, those of the classes below it, and those of all their collections. */
    public Set<String> deletedInBulk(MappedClass mapped) {
        var tables = new LinkedHashSet<>(ownTables(mapped));
        Stream.concat(Stream.of(mapped), below(mapped).stream()).forEach(one -> {
            tables.addAll(ownTables(one));
            one.relations().stream()
                    .map(Relation::table)
                    .filter(Objects::nonNull)
                    .forEach(tables::add);
        });
        return tables;
    }

    /** The mapped classes below it: whatever is known as it may be one of them. */
    public List<MappedClass> below(MappedClass mapped) {
        return hierarchy.downwards(mapped.type()).stream()
                .filter(type -> !type.equals(mapped.type()))
                .map(byType::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The tables that one of the classes below has beside those of the class itself. */
    public Set<String> tablesBelow(MappedClass mapped) {
        var tables = new LinkedHashSet<String>();
        below(mapped).forEach(one -> tables.addAll(ownTables(one)));
        tables.removeAll(ownTables(mapped));
        return tables;
    }

    /**
     * What else is written when the class is: the tables of its collections and joins, and everything that cascades reach.
     *
     * @param deleting whether it is deleted and not stored
     * @return table to the way there, such as {@code Owner.pets → Pet.visits}; without the tables of the class itself
     */
    public Map<String, String> reached(MappedClass start, boolean deleting) {
        var reached = new LinkedHashMap<String, String>();
        var ways = new LinkedHashMap<String, String>();
        ways.put(start.type(), "");
        var waiting = new ArrayDeque<>(List.of(start));
        while (!waiting.isEmpty()) {
            var mapped = waiting.remove();
            for (var relation : mapped.relations()) {
                var before = ways.getOrDefault(mapped.type(), "");
                var way = before.isEmpty() ? relation.told() : before + " → " + relation.told();
                if (relation.table() != null) {
                    reached.putIfAbsent(relation.table(), way);
                }
                if (relation.target() != null && (goesOn(relation, deleting) || relation.writesTarget())) {
                    for (var other : possible(relation.target())) {
                        ownTables(other).forEach(table -> reached.putIfAbsent(table, way));
                        tablesBelow(other).forEach(table -> reached.putIfAbsent(table, way));
                        if (goesOn(relation, deleting) && ways.putIfAbsent(other.type(), way) == null) {
                            waiting.add(other);
                        }
                    }
                }
            }
        }
        ownTables(start).forEach(reached::remove);
        return reached;
    }

    private static boolean goesOn(Relation relation, boolean deleting) {
        return deleting ? relation.cascadesDeleting() : relation.cascadesStoring() || relation.orphanRemoval();
    }

    /** The classes that stand for one table each without being mapped. */
    public TypedTables typed() {
        return typed;
    }

    /** Which fields of which classes the mapper stores. */
    public PersistentFields fields() {
        return fields;
    }
}
