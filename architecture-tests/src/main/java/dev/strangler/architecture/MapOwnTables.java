package dev.strangler.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds JPA mappings of a foreign feature's table: on entities, collections, joins and secondary tables. By name, so JPA need not be there. */
final class MapOwnTables extends ArchCondition<JavaClass> {

    private static final String JPA = "jakarta.persistence.";
    private static final List<String> NAMING =
            List.of(JPA + "Table", JPA + "SecondaryTable", JPA + "CollectionTable", JPA + "JoinTable");

    private final TableOwners owners;

    MapOwnTables(TableOwners owners) {
        super("map only tables of their own feature");
        this.owners = owners;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (var table : tables(type)) {
            owners.ofTable(table)
                    .ifPresent(owner -> events.add(new SimpleConditionEvent(
                            type,
                            owners.belongs(type, owner),
                            "%s maps table %s, which feature %s owns on the side of the %s"
                                    .formatted(type.getName(), table, owner.name(), owners.side()))));
        }
    }

    private static List<String> tables(JavaClass type) {
        var tables = new ArrayList<String>(named(type));
        type.getFields().forEach(field -> tables.addAll(named(field)));
        type.getMethods().forEach(method -> tables.addAll(named(method)));
        if (tables.isEmpty() && type.isAnnotatedWith(JPA + "Entity")) {
            tables.add(underscored(type.getSimpleName()));
        }
        return tables;
    }

    private static List<String> named(HasAnnotations<?> annotated) {
        return annotated.getAnnotations().stream()
                .filter(annotation -> NAMING.contains(annotation.getRawType().getName()))
                .map(MapOwnTables::name)
                .filter(name -> !name.isBlank())
                .toList();
    }

    private static String name(JavaAnnotation<?> annotation) {
        return annotation.get("name").map(String::valueOf).orElse("").toLowerCase(Locale.ROOT);
    }

    /** Spring Boot's naming of an entity without {@code @Table}. */
    private static String underscored(String simpleName) {
        return simpleName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
