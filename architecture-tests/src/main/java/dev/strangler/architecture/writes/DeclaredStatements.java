package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.Annotations;
import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Holes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.objectweb.asm.tree.MethodNode;

/** Statements that are declared and not called with: on methods of repositories and mappers, in their files, and under names. */
final class DeclaredStatements {

    /**
     * One statement.
     *
     * @param isSql whether it is SQL, and not a query on objects
     */
    record Statement(Place place, String text, boolean isSql) {}

    private static final List<String> PLAIN_SQL = List.of(
            "ibatis/annotations/Insert",
            "ibatis/annotations/Update",
            "ibatis/annotations/Delete",
            "ibatis/annotations/Select",
            "sqlobject/statement/SqlUpdate",
            "sqlobject/statement/SqlBatch",
            "sqlobject/statement/SqlQuery",
            "sqlobject/statement/SqlScript",
            "jdbc/repository/query/Query",
            "r2dbc/repository/Query",
            "repository/NativeQuery");

    /** Stands for the entity of whichever repository has the method. */
    private static final String ENTITY = "\uE1F0";

    private final Map<String, List<Statement>> byMethod = new TreeMap<>();
    private final Map<String, Statement> byName = new TreeMap<>();
    private final Function<String, String> entityOf;

    /** @param entityOf says for a repository how queries call its entity */
    DeclaredStatements(CodeBase code, Function<String, String> entityOf) {
        this.entityOf = entityOf;
        code.classes().forEach(this::read);
        code.resources().forEach((path, bytes) -> {
            if (path.endsWith(".xml")) {
                readFile(path, new String(bytes, StandardCharsets.UTF_8));
            }
        });
    }

    /** Those of a method, by owner and name: overloads of mappers do not exist, and those of repositories are rare. */
    List<Statement> of(String owner, String method) {
        return byMethod.getOrDefault(owner + "." + method, List.of());
    }

    /** How queries call the entity of a repository; empty if it is of none. */
    String entityOf(String repository) {
        return entityOf.apply(repository);
    }

    /** The statement itself, or where it leaves its entity open, one for each of these. */
    List<Statement> about(Statement statement, List<String> entities) {
        return statement.text.contains(ENTITY)
                ? entities.stream()
                        .map(name ->
                                new Statement(statement.place, statement.text.replace(ENTITY, name), statement.isSql))
                        .toList()
                : List.of(statement);
    }

    /** That of a mapper by its full name, with dots. */
    Optional<Statement> mapped(String name) {
        int end = name.lastIndexOf('.');
        return end < 0
                ? Optional.empty()
                : of(name.substring(0, end).replace('.', '/'), name.substring(end + 1)).stream()
                        .findFirst();
    }

    Map<String, Statement> named() {
        return byName;
    }

    List<Statement> all() {
        var all = new ArrayList<Statement>();
        byMethod.forEach((method, statements) -> {
            // A generic base says nothing by itself: it is judged where it is called.
            var entity = entityOf(method.substring(0, method.lastIndexOf('.')));
            var known = entity.isEmpty() ? List.<String>of() : List.of(entity);
            statements.forEach(statement -> all.addAll(about(statement, known)));
        });
        all.addAll(byName.values());
        return all;
    }

    private void read(CodeClass type) {
        for (var method : type.methods()) {
            readMethod(type, method);
        }
        var annotations = type.annotations();
        named(type, annotations, "persistence/NamedQuery", "query", false);
        named(type, annotations, "persistence/NamedNativeQuery", "query", true);
        named(type, annotations, "hibernate/annotations/NamedQuery", "query", false);
        named(type, annotations, "hibernate/annotations/NamedNativeQuery", "query", true);
    }

    private void named(CodeClass type, Annotations annotations, String kind, String key, boolean isSql) {
        annotations
                .all(kind)
                .forEach(query -> byName.put(
                        query.text("name"),
                        new Statement(Place.at(type.name(), query.text("name")), query.text(key), isSql)));
    }

    private void readMethod(CodeClass type, MethodNode method) {
        var annotations = CodeClass.annotations(method);
        annotations.find("jpa/repository/Query").ifPresent(query -> {
            var text = query.text("value").isEmpty() ? query.text("nativeQuery") : query.text("value");
            if (!text.isEmpty()) {
                add(type, method.name, text.replace("#{#entityName}", ENTITY), query.isTrue("nativeQuery"));
            }
        });
        annotations
                .find("hibernate/annotations/processing/SQL")
                .ifPresent(query -> add(type, method.name, query.text("value"), true));
        annotations
                .find("hibernate/annotations/processing/HQL")
                .ifPresent(query -> add(type, method.name, query.text("value"), false));
        for (var kind : PLAIN_SQL) {
            annotations.find(kind).ifPresent(query -> {
                var text = String.join(" ", query.texts("value"));
                add(type, method.name, text.isEmpty() ? query.text("sql") : text, true);
            });
        }
        for (var kind : List.of("InsertProvider", "UpdateProvider", "DeleteProvider")) {
            annotations
                    .find("ibatis/annotations/" + kind)
                    .ifPresent(provider -> add(type, method.name, String.valueOf(Holes.UNKNOWN), true));
        }
    }

    private void add(CodeClass type, String method, String text, boolean isSql) {
        var plain = text.strip().startsWith("<script>") ? MapperText.ofScript(text) : text;
        byMethod.computeIfAbsent(type.name() + "." + method, unknown -> new ArrayList<>())
                .add(new Statement(Place.at(type.name(), method), filled(plain), isSql));
    }

    /** MyBatis' mapper files, and the named queries of JPA's and Hibernate's mapping files. */
    private void readFile(String path, String text) {
        if (text.contains("<mapper") && text.contains("namespace")) {
            var mapper = Jsoup.parse(text, "", Parser.xmlParser()).selectFirst("mapper[namespace]");
            if (mapper != null) {
                var texts = new MapperText(mapper);
                mapper.select("> insert, > update, > delete, > select").forEach(statement -> {
                    var owner = mapper.attr("namespace").replace('.', '/');
                    byMethod.computeIfAbsent(owner + "." + statement.attr("id"), unknown -> new ArrayList<>())
                            .add(new Statement(
                                    Place.at(owner, statement.attr("id")), filled(texts.of(statement)), true));
                });
            }
        } else if (text.contains("<named-native-query")
                || text.contains("<named-query")
                || text.contains("<sql-query")
                || text.contains("<query ")) {
            var file = Jsoup.parse(text, "", Parser.xmlParser());
            file.select("named-query, hibernate-mapping > query").forEach(query -> named(path, query, false));
            file.select("named-native-query, hibernate-mapping > sql-query").forEach(query -> named(path, query, true));
        }
    }

    private void named(String path, Element query, boolean isSql) {
        byName.put(
                query.attr("name"),
                new Statement(Place.in(path), query.wholeText().strip(), isSql));
    }

    /** {@code #{…}} is a value, {@code ${…}} any text. */
    private static String filled(String text) {
        return text.replaceAll("#\\{[^}]*}", "?").replaceAll("\\$\\{[^}]*}", String.valueOf(Holes.UNKNOWN));
    }
}
