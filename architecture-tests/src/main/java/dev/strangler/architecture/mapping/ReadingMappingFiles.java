package dev.strangler.architecture.mapping;

import dev.strangler.architecture.code.CodeBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Reads Hibernate's mapping files ({@code *.hbm.xml}). */
final class ReadingMappingFiles {

    private final CodeBase code;
    private final TableNaming naming;

    ReadingMappingFiles(CodeBase code, TableNaming naming) {
        this.code = code;
        this.naming = naming;
    }

    List<MappedClass> read() {
        var mapped = new ArrayList<MappedClass>();
        code.resources().forEach((path, bytes) -> {
            if (path.endsWith(".hbm.xml")) {
                var file = Jsoup.parse(new String(bytes, StandardCharsets.UTF_8), "", Parser.xmlParser());
                file.select("class, joined-subclass, subclass, union-subclass")
                        .forEach(one -> mapped.add(mapped(file, one, mapped)));
            }
        });
        return mapped;
    }

    private MappedClass mapped(Document file, Element element, List<MappedClass> before) {
        var type = type(file, element.attr("name"));
        var above = element.parent() != null && element.parent().normalName().endsWith("class")
                ? type(file, element.parent().attr("name"))
                : element.hasAttr("extends") ? type(file, element.attr("extends")) : null;
        var table = element.hasAttr("table")
                ? naming.physical(element.attr("table").replace("`", ""))
                : inherited(above, type, before);
        var entityName =
                element.hasAttr("entity-name") ? element.attr("entity-name") : ReadingAnnotations.simpleName(type);
        var secondary = element.select("> join").stream()
                .map(join -> naming.physical(join.attr("table")))
                .toList();
        return new MappedClass(type, entityName, table, secondary, above, relations(file, element, type), Map.of());
    }

    private String inherited(@Nullable String above, String type, List<MappedClass> before) {
        return before.stream()
                .filter(one -> one.type().equals(above))
                .map(MappedClass::table)
                .findFirst()
                .orElseGet(() -> naming.physical(ReadingAnnotations.simpleName(type)));
    }

    private List<Relation> relations(Document file, Element element, String type) {
        var relations = new ArrayList<Relation>();
        element.select("> many-to-one, > one-to-one").forEach(one -> {
            var target = one.hasAttr("class") ? type(file, one.attr("class")) : fieldType(type, one.attr("name"));
            relations.add(new Relation(type, one.attr("name"), target, cascades(one), isOrphaning(one), null, false));
        });
        element.select("> set, > list, > bag, > idbag, > map, > array")
                .forEach(many -> relations.add(collection(file, type, many)));
        return relations;
    }

    private Relation collection(Document file, String type, Element many) {
        boolean isInverse = many.attr("inverse").equals("true");
        var link = many.selectFirst("> one-to-many, > many-to-many");
        var target = link == null || !link.hasAttr("class") ? null : type(file, link.attr("class"));
        boolean hasOwnTable = link == null || link.normalName().equals("many-to-many");
        var table = hasOwnTable && !isInverse && many.hasAttr("table")
                ? naming.physical(many.attr("table").replace("`", ""))
                : null;
        return new Relation(
                type, many.attr("name"), target, cascades(many), isOrphaning(many), table, !hasOwnTable && !isInverse);
    }

    private @Nullable String fieldType(String type, String field) {
        var read = code.find(type);
        return read == null
                ? null
                : read.fields().stream()
                        .filter(one -> one.name.equals(field) && one.desc.startsWith("L"))
                        .map(one -> one.desc.substring(1, one.desc.length() - 1))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isOrphaning(Element element) {
        return element.attr("cascade").contains("delete-orphan");
    }

    private static Set<String> cascades(Element element) {
        var cascades = new TreeSet<String>();
        for (var cascade : element.attr("cascade").split("[,\\s]+", -1)) {
            switch (cascade) {
                case "all", "all-delete-orphan" -> cascades.addAll(List.of("PERSIST", "MERGE", "REMOVE"));
                case "save-update", "persist", "merge" -> cascades.addAll(List.of("PERSIST", "MERGE"));
                case "delete", "remove" -> cascades.add("REMOVE");
                default -> {
                    // none, evict, lock, refresh, replicate: nothing is passed on that writes
                }
            }
        }
        return cascades;
    }

    private static String type(Document file, String name) {
        var root = file.selectFirst("hibernate-mapping");
        var packageName = root == null ? "" : root.attr("package");
        var full = name.contains(".") || packageName.isEmpty() ? name : packageName + "." + name;
        return full.replace('.', '/');
    }
}
