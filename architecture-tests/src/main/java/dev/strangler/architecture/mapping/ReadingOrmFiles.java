package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.code.Generics;
import dev.strangler.architecture.code.Hierarchy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads JPA's mapping files ({@code orm.xml} and whatever else begins with {@code entity-mappings}). What a file says of a class or attribute
 * counts more than its annotations; what it leaves out stays as annotated, unless the file calls itself complete.
 */
final class ReadingOrmFiles {

    private static final Map<String, List<String>> CASCADES = Map.of(
            "cascade-all", List.of("PERSIST", "MERGE", "REMOVE"),
            "cascade-persist", List.of("PERSIST"),
            "cascade-merge", List.of("MERGE"),
            "cascade-remove", List.of("REMOVE"));
    private static final Map<String, String> STATEMENTS =
            Map.of("sql-insert", "SQLInsert", "sql-update", "SQLUpdate", "sql-delete", "SQLDelete");

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final TableNaming naming;
    private final Map<String, MappedClass> mapped;
    private final PersistentFields fields;
    private final Map<String, Element> entities = new LinkedHashMap<>();
    private final Map<String, Element> superclasses = new HashMap<>();
    private final Set<String> done = new HashSet<>();

    /** @param mapped what annotations say; changed to what the files say too */
    ReadingOrmFiles(
            CodeBase code,
            Hierarchy hierarchy,
            TableNaming naming,
            Map<String, MappedClass> mapped,
            PersistentFields fields) {
        this.code = code;
        this.hierarchy = hierarchy;
        this.naming = naming;
        this.mapped = mapped;
        this.fields = fields;
    }

    void read() {
        code.resources().forEach((path, bytes) -> {
            if (path.endsWith(".xml")) {
                var text = new String(bytes, StandardCharsets.UTF_8);
                if (text.contains("<entity-mappings")) {
                    Jsoup.parse(text, "", Parser.xmlParser())
                            .select("entity-mappings")
                            .forEach(this::collect);
                }
            }
        });
        Stream.of(entities.keySet(), superclasses.keySet()).flatMap(Set::stream).forEach(fields::addAll);
        entities.keySet().forEach(this::readEntity);
    }

    private void collect(Element file) {
        var home = file.select("> package").text();
        for (var element : file.select("> entity, > mapped-superclass, > embeddable")) {
            var name = element.attr("class");
            var type = (name.contains(".") || home.isEmpty() ? name : home + "." + name).replace('.', '/');
            // A class of another code base is nobody's to store here.
            if (code.find(type) != null) {
                (element.normalName().equals("entity") ? entities : superclasses).put(type, element);
            }
        }
    }

    /** A class above comes first, since one below it may share its table. */
    private void readEntity(String type) {
        var element = entities.get(type);
        if (element == null || !done.add(type)) {
            return;
        }
        var above = hierarchy.upwards(type).stream()
                .skip(1)
                .filter(one -> entities.containsKey(one) || mapped.containsKey(one))
                .findFirst()
                .orElse(null);
        if (above != null) {
            readEntity(above);
        }
        mapped.put(type, entity(type, element, above == null ? null : mapped.get(above)));
    }

    private MappedClass entity(String type, Element element, @Nullable MappedClass above) {
        var file = Objects.requireNonNull(element.closest("entity-mappings"));
        boolean isComplete = element.attr("metadata-complete").equals("true")
                || !file.select("xml-mapping-metadata-complete").isEmpty();
        var annotated = isComplete ? null : mapped.get(type);
        var name = element.hasAttr("name") ? element.attr("name") : ReadingAnnotations.simpleName(type);
        var strategy = strategy(type);
        var given = element.selectFirst("> table[name]");
        var table = given != null
                ? qualified(given)
                : above != null && strategy.equals("SINGLE_TABLE")
                        ? above.table()
                        : annotated != null ? annotated.table() : naming.physical(name);
        var secondary = element.select("> secondary-table").stream()
                .map(this::qualified)
                .collect(Collectors.toCollection(TreeSet::new));
        var statements = new HashMap<String, String>();
        if (annotated != null) {
            secondary.addAll(annotated.secondaryTables());
            statements.putAll(annotated.statements());
        }
        STATEMENTS.forEach((tag, kind) -> element.select("> " + tag).forEach(sql -> statements.put(kind, sql.text())));
        var parent = above == null || strategy.equals("TABLE_PER_CLASS") ? null : above.type();
        return new MappedClass(
                type,
                name,
                table,
                List.copyOf(secondary),
                parent,
                relations(type, table, name, element, annotated, above),
                statements);
    }

    private String strategy(String type) {
        return hierarchy.upwards(type).stream()
                .map(entities::get)
                .filter(element -> element != null)
                .map(element -> element.select("> inheritance").attr("strategy"))
                .filter(given -> !given.isEmpty())
                .findFirst()
                .orElse("SINGLE_TABLE");
    }

    /** Its own, those of its mapped superclasses, and those that it inherits; what the file says comes before what annotations say. */
    private List<Relation> relations(
            String type,
            String table,
            String name,
            Element element,
            @Nullable MappedClass annotated,
            @Nullable MappedClass above) {
        var relations = new LinkedHashMap<String, Relation>();
        var said = new HashSet<String>();
        for (var holder : hierarchy.upwards(type)) {
            var attributes = holder.equals(type) ? element : superclasses.get(holder);
            if (attributes != null) {
                for (var attribute : attributes.select("> attributes > *")) {
                    if (said.add(attribute.attr("name"))) {
                        var relation = relation(holder, table, name, attribute);
                        if (relation != null) {
                            relations.put(relation.attribute(), relation);
                        }
                    }
                }
            }
        }
        for (var other : Stream.of(annotated, above).filter(one -> one != null).toList()) {
            other.relations().stream()
                    .filter(relation -> !said.contains(relation.attribute()))
                    .forEach(relation -> relations.putIfAbsent(relation.attribute(), relation));
        }
        return new ArrayList<>(relations.values());
    }

    private @Nullable Relation relation(String holder, String table, String name, Element attribute) {
        var kind = attribute.normalName();
        var path = attribute.attr("name");
        boolean isToMany = kind.endsWith("-to-many");
        if (kind.equals("element-collection")) {
            var given = attribute.selectFirst("> collection-table[name]");
            var own = given == null ? naming.physical(name + "_" + path) : qualified(given);
            return new Relation(holder, path, null, Set.of(), false, own, false);
        }
        if (!isToMany && !kind.endsWith("-to-one")) {
            return null;
        }
        boolean keptByOther = attribute.hasAttr("mapped-by");
        var target = target(holder, attribute, isToMany);
        var joined = attribute.selectFirst("> join-table");
        boolean hasColumn = !attribute.select("> join-column").isEmpty();
        boolean hasJoinTable = !keptByOther
                && (joined != null || kind.equals("many-to-many") || kind.equals("one-to-many") && !hasColumn);
        var link = hasJoinTable ? joinTable(table, path, target, joined) : null;
        return new Relation(
                holder,
                path,
                target,
                cascades(attribute),
                attribute.attr("orphan-removal").equals("true"),
                link,
                isToMany && !keptByOther && link == null);
    }

    private String joinTable(String table, String path, @Nullable String target, @Nullable Element given) {
        if (given != null && given.hasAttr("name")) {
            return qualified(given);
        }
        var other = target == null ? null : tableOf(target);
        return naming == TableNaming.UNDERSCORED || other == null
                ? naming.physical(table + "_" + path)
                : naming.physical(table + "_" + other);
    }

    private @Nullable String tableOf(String type) {
        var element = entities.get(type);
        var given = element == null ? null : element.selectFirst("> table[name]");
        if (given != null) {
            return qualified(given);
        }
        var known = mapped.get(type);
        return known != null
                ? known.table()
                : element == null ? null : naming.physical(ReadingAnnotations.simpleName(type));
    }

    private @Nullable String target(String holder, Element attribute, boolean isToMany) {
        if (attribute.hasAttr("target-entity")) {
            var given = attribute.attr("target-entity").replace('.', '/');
            return entities.keySet().stream()
                    .filter(type -> type.equals(given) || !given.contains("/") && type.endsWith("/" + given))
                    .findFirst()
                    .orElse(given);
        }
        var read = code.find(holder);
        if (read == null) {
            return null;
        }
        return isToMany ? lastArgument(read, attribute.attr("name")) : fieldType(read, attribute.attr("name"));
    }

    private static @Nullable String lastArgument(CodeClass type, String field) {
        return type.fields().stream()
                .filter(one -> one.name.equals(field))
                .map(one -> Generics.arguments(one.signature))
                .filter(arguments -> !arguments.isEmpty())
                .map(arguments -> arguments.get(arguments.size() - 1))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String fieldType(CodeClass type, String field) {
        return type.fields().stream()
                .filter(one -> one.name.equals(field) && one.desc.startsWith("L"))
                .map(one -> one.desc.substring(1, one.desc.length() - 1))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> cascades(Element attribute) {
        var cascades = new TreeSet<String>();
        CASCADES.forEach((tag, kinds) -> {
            if (!attribute.select("> cascade > " + tag).isEmpty()) {
                cascades.addAll(kinds);
            }
        });
        return cascades;
    }

    /** With the schema that the element or its file gives, unless that is {@code public}. */
    private String qualified(Element table) {
        var name = naming.physical(table.attr("name").replace("`", "").replace("\"", ""));
        var file = table.closest("entity-mappings");
        var schema = table.hasAttr("schema")
                ? table.attr("schema")
                : file == null ? "" : file.select("> schema").text();
        return schema.isEmpty() || schema.equalsIgnoreCase("public")
                ? name
                : schema.toLowerCase(Locale.ROOT) + "." + name;
    }
}
