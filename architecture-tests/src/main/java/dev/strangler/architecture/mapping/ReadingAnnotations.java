package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.Annotations;
import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Generics;
import dev.strangler.architecture.code.Hierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** Reads the mapping annotations of one class, those of the classes above it and of what it embeds. */
final class ReadingAnnotations {

    private static final String JPA = "persistence/";
    private static final String RELATIONAL_TABLE = "relational/core/mapping/Table";
    private static final List<String> STATEMENTS = List.of("SQLInsert", "SQLUpdate", "SQLDelete", "SQLDeleteAll");

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final TableNaming naming;

    ReadingAnnotations(CodeBase code, Hierarchy hierarchy, TableNaming naming) {
        this.code = code;
        this.hierarchy = hierarchy;
        this.naming = naming;
    }

    /** The mapping of a class; empty if it stands for no table of its own. */
    Optional<MappedClass> read(CodeClass type) {
        var annotations = type.annotations();
        if (annotations.have(RELATIONAL_TABLE)) {
            return Optional.of(
                    relational(type, annotations.find(RELATIONAL_TABLE).orElseThrow()));
        }
        if (!annotations.have(JPA + "Entity")) {
            return Optional.empty();
        }
        // Where each class has a table for all of its columns, storing it leaves the table of the class above alone.
        var parent = strategies(type).anyMatch("TABLE_PER_CLASS"::equals) ? null : entityAbove(type);
        var secondary = annotations
                .all(JPA + "SecondaryTable")
                .map(table -> qualified(table, table.text("name")))
                .toList();
        return Optional.of(new MappedClass(
                type.name(),
                entityName(type),
                table(type),
                secondary,
                parent,
                relations(type),
                statements(annotations)));
    }

    private MappedClass relational(CodeClass type, Annotations.One table) {
        var named = Stream.of(table.text("value"), table.text("name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseGet(() -> TableNaming.UNDERSCORED.physical(simpleName(type.name())));
        return new MappedClass(
                type.name(),
                simpleName(type.name()),
                named.toLowerCase(Locale.ROOT),
                List.of(),
                null,
                List.of(),
                Map.of());
    }

    private @Nullable String entityAbove(CodeClass type) {
        return hierarchy.upwards(type.name()).stream()
                .skip(1)
                .filter(above -> {
                    var read = code.find(above);
                    return read != null && read.annotations().have(JPA + "Entity");
                })
                .findFirst()
                .orElse(null);
    }

    private static String entityName(CodeClass type) {
        var given = type.annotations()
                .find(JPA + "Entity")
                .map(entity -> entity.text("name"))
                .orElse("");
        // A nested class keeps the name of the one around it, with the dollar sign.
        return given.isEmpty() ? type.name().substring(type.name().lastIndexOf('/') + 1) : given;
    }

    /** Its own table; that of the root where all of a hierarchy share one. */
    private String table(CodeClass type) {
        var parent = entityAbove(type);
        if (parent != null && !hasTablesPerClass(type)) {
            var above = code.find(parent);
            if (above != null) {
                return table(above);
            }
        }
        var given = type.annotations().find(JPA + "Table");
        var name = given.map(table -> table.text("name")).orElse("");
        return given.map(table -> qualified(table, name.isEmpty() ? entityName(type) : name))
                .orElseGet(() -> naming.physical(entityName(type)));
    }

    private boolean hasTablesPerClass(CodeClass type) {
        return strategies(type).anyMatch(strategy -> !strategy.equals("SINGLE_TABLE"));
    }

    private Stream<String> strategies(CodeClass type) {
        return hierarchy.upwards(type.name()).stream()
                .map(code::find)
                .filter(read -> read != null)
                .flatMap(read -> read.annotations().find(JPA + "Inheritance").stream())
                .flatMap(inheritance -> inheritance.constants("strategy").stream());
    }

    /** A name in the database's form, with the schema that the annotation gives unless that is {@code public}. */
    private String qualified(Annotations.One table, String name) {
        var schema = table.text("schema").toLowerCase(Locale.ROOT);
        var physical = naming.physical(unquoted(name));
        return schema.isEmpty() || schema.equals("public") ? physical : schema + "." + physical;
    }

    private static String unquoted(String name) {
        return name.replace("`", "").replace("\"", "");
    }

    private static Map<String, String> statements(Annotations annotations) {
        var statements = new HashMap<String, String>();
        STATEMENTS.forEach(kind ->
                annotations.find("annotations/" + kind).ifPresent(one -> statements.put(kind, one.text("sql"))));
        return statements;
    }

    private List<Relation> relations(CodeClass type) {
        var relations = new LinkedHashMap<String, Relation>();
        for (var above : hierarchy.upwards(type.name())) {
            var read = code.find(above);
            if (read != null) {
                relations(type, read, "", relations, 0);
            }
        }
        return new ArrayList<>(relations.values());
    }

    private void relations(CodeClass entity, CodeClass holder, String path, Map<String, Relation> found, int depth) {
        holder.fields()
                .forEach(field -> attribute(
                        entity,
                        holder,
                        path + field.name,
                        CodeClass.annotations(field),
                        field.desc,
                        field.signature,
                        found,
                        depth));
        holder.methods().stream()
                .filter(method -> Type.getArgumentTypes(method.desc).length == 0)
                .forEach(getter -> attribute(
                        entity,
                        holder,
                        path + property(getter.name),
                        CodeClass.annotations(getter),
                        Type.getReturnType(getter.desc).getDescriptor(),
                        getter.signature,
                        found,
                        depth));
    }

    private void attribute(
            CodeClass entity,
            CodeClass holder,
            String path,
            Annotations annotations,
            String descriptor,
            @Nullable String signature,
            Map<String, Relation> found,
            int depth) {
        var type = Type.getType(descriptor);
        var embedded = type.getSort() == Type.OBJECT ? code.find(type.getInternalName()) : null;
        if (embedded != null && embedded.annotations().have(JPA + "Embeddable") && depth < 4) {
            relations(entity, embedded, path + ".", found, depth + 1);
            return;
        }
        for (var kind : List.of("OneToOne", "OneToMany", "ManyToOne", "ManyToMany", "ElementCollection")) {
            annotations
                    .find(JPA + kind)
                    .ifPresent(relation -> found.putIfAbsent(
                            path,
                            new Attribute(entity, holder, path, kind, relation, annotations)
                                    .relation(target(relation, kind, type, signature))));
        }
    }

    private static @Nullable String target(
            Annotations.One relation, String kind, Type type, @Nullable String signature) {
        if (kind.equals("ElementCollection")) {
            return null;
        }
        var given = relation.type("targetEntity");
        if (given != null) {
            return given;
        }
        var arguments = Generics.arguments(signature);
        if (kind.endsWith("ToMany")) {
            return arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        }
        return type.getSort() == Type.OBJECT ? type.getInternalName() : null;
    }

    private static String property(String getter) {
        for (var prefix : List.of("get", "is")) {
            if (getter.startsWith(prefix) && getter.length() > prefix.length()) {
                return Character.toLowerCase(getter.charAt(prefix.length())) + getter.substring(prefix.length() + 1);
            }
        }
        return getter;
    }

    static String simpleName(String internalName) {
        return internalName.substring(Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$')) + 1);
    }

    /** One attribute on its way to a relation. */
    private final class Attribute {

        private final CodeClass entity;
        private final CodeClass holder;
        private final String path;
        private final String kind;
        private final Annotations.One relation;
        private final Annotations annotations;

        Attribute(
                CodeClass entity,
                CodeClass holder,
                String path,
                String kind,
                Annotations.One relation,
                Annotations annotations) {
            this.entity = entity;
            this.holder = holder;
            this.path = path;
            this.kind = kind;
            this.relation = relation;
            this.annotations = annotations;
        }

        Relation relation(@Nullable String target) {
            boolean keptByOther = !relation.text("mappedBy").isEmpty();
            var joined = annotations.find(JPA + "JoinTable");
            boolean hasColumn = annotations.all(JPA + "JoinColumn").findAny().isPresent();
            boolean isToMany = kind.endsWith("ToMany");
            boolean hasJoinTable = !keptByOther
                    && (joined.isPresent() || kind.equals("ManyToMany") || kind.equals("OneToMany") && !hasColumn);
            var table = kind.equals("ElementCollection")
                    ? collectionTable()
                    : hasJoinTable ? joinTable(joined.orElse(null), target) : null;
            return new Relation(
                    holder.name(),
                    path,
                    target,
                    cascades(),
                    relation.isTrue("orphanRemoval") || cascades().contains("DELETE_ORPHAN"),
                    table,
                    isToMany && !keptByOther && table == null);
        }

        /** Without the attributes in which it is embedded. */
        private String attribute() {
            return path.substring(path.lastIndexOf('.') + 1);
        }

        /** The entity that has the attribute first: classes below it share its table. */
        private CodeClass firstToHave() {
            var first = entity;
            var above = entityAbove(entity);
            while (above != null && hierarchy.isA(above, holder.name())) {
                first = Objects.requireNonNull(code.find(above));
                above = entityAbove(first);
            }
            return first;
        }

        private Set<String> cascades() {
            var cascades = new TreeSet<String>();
            var given = new ArrayList<>(relation.constants("cascade"));
            annotations
                    .find("annotations/Cascade")
                    .ifPresent(hibernates -> given.addAll(hibernates.constants("value")));
            for (var cascade : given) {
                switch (cascade) {
                    case "ALL" -> cascades.addAll(List.of("PERSIST", "MERGE", "REMOVE"));
                    case "SAVE_UPDATE", "LOCK", "REPLICATE" -> cascades.addAll(List.of("PERSIST", "MERGE"));
                    case "DELETE" -> cascades.add("REMOVE");
                    default -> cascades.add(cascade);
                }
            }
            return cascades;
        }

        private String collectionTable() {
            var given = annotations.find(JPA + "CollectionTable");
            var name = given.map(table -> table.text("name")).orElse("");
            return given.filter(table -> !name.isEmpty())
                    .map(table -> qualified(table, name))
                    .orElseGet(() -> naming.physical(entityName(firstToHave()) + "_" + attribute()));
        }

        private String joinTable(Annotations.@Nullable One given, @Nullable String target) {
            var name = given == null ? "" : given.text("name");
            if (given != null && !name.isEmpty()) {
                return qualified(given, name);
            }
            var other = code.find(target);
            // Spring Boot names it after the attribute, JPA after the other table.
            return naming == TableNaming.UNDERSCORED || other == null
                    ? naming.physical(table(entity) + "_" + attribute())
                    : naming.physical(table(entity) + "_" + table(other));
        }
    }
}
