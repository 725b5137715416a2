package dev.strangler.architecture.database;

import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Verb;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Reads out of a plan in XML which tables it writes: views, rules and parts of partitioned tables are resolved in it already. */
final class ReadingPlan {

    private ReadingPlan() {}

    static Set<SqlWrite> writes(String plan, Catalog catalog) {
        var writes = new LinkedHashSet<SqlWrite>();
        for (var node : Jsoup.parse(plan, "", Parser.xmlParser()).select("Plan")) {
            if (child(node, "Node-Type").equals("ModifyTable")) {
                var verb = Verb.valueOf(child(node, "Operation").toUpperCase(java.util.Locale.ROOT));
                var targets = node.select("> Target-Tables > Target-Table");
                if (targets.isEmpty()) {
                    writes.add(write(node, verb, catalog));
                } else {
                    targets.forEach(target -> writes.add(write(target, verb, catalog)));
                }
            }
        }
        return writes;
    }

    private static SqlWrite write(Element at, Verb verb, Catalog catalog) {
        var schema = child(at, "Schema");
        var table = child(at, "Relation-Name");
        var name = schema.isEmpty() || schema.equals("public") ? table : schema + "." + table;
        return new SqlWrite(verb, catalog.rootOf(name));
    }

    private static String child(Element node, String name) {
        var child = node.selectFirst("> " + name);
        return child == null ? "" : child.text();
    }
}
