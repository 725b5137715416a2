package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Finds what scripts write: Flyway's and other SQL files, Liquibase's change logs in XML and YAML. */
final class FindingScripts {

    /** Changes of a change log by their name there, with the attribute that names the table. */
    private static final Map<String, Verb> CHANGES = Map.ofEntries(
            Map.entry("insert", Verb.INSERT),
            Map.entry("update", Verb.UPDATE),
            Map.entry("delete", Verb.DELETE),
            Map.entry("loadData", Verb.INSERT),
            Map.entry("loadUpdateData", Verb.MERGE),
            Map.entry("createTable", Verb.CREATE),
            Map.entry("dropTable", Verb.DROP),
            Map.entry("addColumn", Verb.ALTER),
            Map.entry("dropColumn", Verb.ALTER),
            Map.entry("modifyDataType", Verb.ALTER),
            Map.entry("addNotNullConstraint", Verb.ALTER),
            Map.entry("addUniqueConstraint", Verb.ALTER),
            Map.entry("addPrimaryKey", Verb.ALTER),
            Map.entry("createIndex", Verb.ALTER));

    private final CodeBase code;
    private final Statements statements;
    private final Facts facts;

    FindingScripts(CodeBase code, Statements statements, Facts facts) {
        this.code = code;
        this.statements = statements;
        this.facts = facts;
    }

    void find() {
        code.resources().forEach((path, bytes) -> {
            if (path.endsWith(".sql")) {
                script(path, text(bytes));
            } else if (path.endsWith(".xml") && text(bytes).contains("<databaseChangeLog")) {
                changeLog(path, text(bytes));
            } else if ((path.endsWith(".yml") || path.endsWith(".yaml"))
                    && text(bytes).contains("databaseChangeLog:")) {
                yaml(path, text(bytes));
            }
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void script(String path, String text) {
        var channel = path.contains("migration") || path.contains("changelog") || path.contains("liquibase")
                ? Channel.MIGRATION
                : Channel.SQL;
        statements(path, channel, text);
    }

    private void statements(String path, Channel channel, String text) {
        facts.match(channel);
        facts.statement(Place.in(path), text, true);
        var reading = statements.sql(text);
        // Each statement of a script is a write of its own: equal ones are counted.
        reading.writes()
                .forEach(write -> facts.together(
                        () -> facts.sql(Place.in(path), write, channel, write.verb() + " " + write.table())));
        reading.unreadable()
                .forEach(reason -> facts.together(
                        () -> facts.unreadable(Place.in(path), channel, "a statement of this script", reason)));
    }

    private void changeLog(String path, String text) {
        var log = Jsoup.parse(text, "", Parser.xmlParser());
        facts.match(Channel.MIGRATION);
        for (var change : log.select("changeSet > *")) {
            changeIn(path, change);
        }
    }

    private void changeIn(String path, Element change) {
        var verb = CHANGES.get(change.tagName());
        if (verb != null) {
            change(path, verb, change.attr("tableName"));
        } else if (change.tagName().equals("sql") || change.tagName().equals("createProcedure")) {
            statements(path, Channel.MIGRATION, change.wholeText());
        } else if (change.tagName().equals("addForeignKeyConstraint")
                && !change.attr("onDelete").isEmpty()) {
            key(path, change.attr("baseTableName"), change.attr("referencedTableName"), change.attr("onDelete"));
        } else if (change.tagName().equals("customChange")) {
            facts.together(() -> facts.unreadable(
                    Place.in(path),
                    Channel.MIGRATION,
                    change.attr("class"),
                    "a class does it; its own statements are judged where they stand"));
        }
    }

    private void change(String path, Verb verb, String table) {
        facts.together(
                () -> facts.sql(Place.in(path), new SqlWrite(verb, table), Channel.MIGRATION, verb + " " + table));
    }

    private void key(String path, String child, String parent, String action) {
        var verb = switch (action.toUpperCase(Locale.ROOT)) {
            case "CASCADE" -> Verb.DELETE;
            case "SET NULL", "SET DEFAULT" -> Verb.UPDATE;
            default -> null;
        };
        if (verb != null) {
            var cause = "references " + parent + " on delete " + action.toLowerCase(Locale.ROOT);
            facts.together(() -> facts.sql(Place.in(path), new SqlWrite(verb, child, cause), Channel.MIGRATION, cause));
        }
    }

    private void yaml(String path, String text) {
        facts.match(Channel.MIGRATION);
        try {
            walk(path, new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        } catch (YAMLException broken) {
            facts.together(
                    () -> facts.unreadable(Place.in(path), Channel.MIGRATION, "the change log", "it is no YAML"));
        }
    }

    private void walk(String path, Object node) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                var verb = CHANGES.get(String.valueOf(key));
                if (verb != null && value instanceof Map<?, ?> change && change.get("tableName") != null) {
                    change(path, verb, String.valueOf(change.get("tableName")));
                } else if (key.equals("sql")) {
                    statements(
                            path,
                            Channel.MIGRATION,
                            value instanceof Map<?, ?> inner
                                    ? String.valueOf(inner.get("sql"))
                                    : String.valueOf(value));
                } else if (value != null) {
                    walk(path, value);
                }
            });
        } else if (node instanceof Collection<?> list) {
            list.forEach(one -> walk(path, one));
        }
    }
}
