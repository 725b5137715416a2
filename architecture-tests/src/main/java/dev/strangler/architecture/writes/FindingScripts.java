package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Holes;
import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.sql.Verb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds what scripts write: Flyway's and other SQL files, Liquibase's change logs in SQL, XML, YAML and JSON. */
final class FindingScripts {

    /** Changes of a change log by their name there. */
    private static final Map<String, Verb> CHANGES = Map.ofEntries(
            Map.entry("insert", Verb.INSERT),
            Map.entry("update", Verb.UPDATE),
            Map.entry("delete", Verb.DELETE),
            Map.entry("loadData", Verb.INSERT),
            Map.entry("loadUpdateData", Verb.MERGE),
            Map.entry("createTable", Verb.CREATE),
            Map.entry("dropTable", Verb.DROP),
            Map.entry("renameTable", Verb.ALTER),
            Map.entry("addColumn", Verb.ALTER),
            Map.entry("dropColumn", Verb.ALTER),
            Map.entry("renameColumn", Verb.ALTER),
            Map.entry("mergeColumns", Verb.ALTER),
            Map.entry("modifyDataType", Verb.ALTER),
            Map.entry("addAutoIncrement", Verb.ALTER),
            Map.entry("addDefaultValue", Verb.ALTER),
            Map.entry("dropDefaultValue", Verb.ALTER),
            Map.entry("addNotNullConstraint", Verb.ALTER),
            Map.entry("dropNotNullConstraint", Verb.ALTER),
            Map.entry("addUniqueConstraint", Verb.ALTER),
            Map.entry("dropUniqueConstraint", Verb.ALTER),
            Map.entry("addPrimaryKey", Verb.ALTER),
            Map.entry("dropPrimaryKey", Verb.ALTER),
            Map.entry("addCheckConstraint", Verb.ALTER),
            Map.entry("dropCheckConstraint", Verb.ALTER),
            Map.entry("addForeignKeyConstraint", Verb.ALTER),
            Map.entry("dropForeignKeyConstraint", Verb.ALTER),
            Map.entry("dropAllForeignKeyConstraints", Verb.ALTER),
            Map.entry("createIndex", Verb.ALTER));
    /** The attribute that names the table, the first that is there. */
    private static final List<String> TABLE = List.of("tableName", "baseTableName", "oldTableName");

    private static final Set<String> TEXTS = Set.of("sql", "createProcedure", "createFunction", "createTrigger");
    private static final Set<String> HARMLESS = Set.of(
            "comment",
            "validCheckSum",
            "preConditions",
            "rollback",
            "modifySql",
            "createSequence",
            "alterSequence",
            "dropSequence",
            "renameSequence",
            "createView",
            "dropView",
            "renameView",
            "dropIndex",
            "dropProcedure",
            "setTableRemarks",
            "setColumnRemarks",
            "tagDatabase",
            "output",
            "empty",
            "stop");

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
                facts.match(Channel.MIGRATION);
                Change.inXml(text(bytes)).forEach(change -> change(path, change));
            } else if (Change.isStructured(path) && text(bytes).contains("databaseChangeLog")) {
                structured(path, text(bytes));
            }
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void script(String path, String text) {
        boolean isMigration = path.contains("migration")
                || path.contains("changelog")
                || path.contains("liquibase")
                || text.stripLeading().startsWith("--liquibase");
        statements(path, isMigration ? Channel.MIGRATION : Channel.SQL, text);
    }

    private void statements(String path, Channel channel, String text) {
        // What a migration tool puts in is not known here; it matters where a table would stand.
        var whole = text.replaceAll("\\$\\{[^}]*}", String.valueOf(Holes.UNKNOWN));
        facts.match(channel);
        facts.statement(Place.in(path), whole, true);
        var reading = statements.sql(whole);
        // Each statement of a script is a write of its own: equal ones are counted.
        reading.writes()
                .forEach(write -> facts.together(
                        () -> facts.sql(Place.in(path), write, channel, write.verb() + " " + write.table())));
        reading.unreadable().forEach(reason -> unreadable(path, channel, "a statement of this script", reason));
    }

    private void unreadable(String path, Channel channel, String what, String reason) {
        facts.together(() -> facts.unreadable(Place.in(path), channel, what, reason));
    }

    private void structured(String path, String text) {
        facts.match(Channel.MIGRATION);
        var changes = Change.inYaml(text);
        if (changes.isEmpty()) {
            unreadable(path, Channel.MIGRATION, "the change log", "it is no YAML");
        } else {
            changes.get().forEach(change -> change(path, change));
        }
    }

    private void change(String path, Change change) {
        var verb = CHANGES.get(change.name());
        if (verb != null) {
            var table = change.first(TABLE);
            if (table.isEmpty() || table.contains("${")) {
                unreadable(path, Channel.MIGRATION, change.name(), "its table is put in when it runs");
                return;
            }
            write(path, new SqlWrite(verb, table), verb + " " + table);
            keys(path, table, change);
        } else if (TEXTS.contains(change.name())) {
            statements(path, Channel.MIGRATION, change.text());
        } else if (change.name().equals("customChange") || change.name().equals("executeCommand")) {
            unreadable(
                    path,
                    Channel.MIGRATION,
                    change.first(List.of("class", "executable")),
                    "code does it; its own statements are judged where they stand");
        } else if (change.name().equals("sqlFile")) {
            file(path, change.first(List.of("path")));
        } else if (!HARMLESS.contains(change.name())) {
            unreadable(path, Channel.MIGRATION, change.name(), "no change of that name is known here");
        }
    }

    /** A script that lies beside the classes is read for itself, whoever runs it. */
    private void file(String path, String file) {
        var name = file.substring(file.lastIndexOf('/') + 1);
        if (name.isEmpty() || code.resources().keySet().stream().noneMatch(other -> other.endsWith(name))) {
            unreadable(path, Channel.MIGRATION, file, "the script that it runs does not lie beside the classes");
        }
    }

    /** What foreign keys do by themselves, given as a change or with a column. */
    private void keys(String path, String table, Change change) {
        if (change.name().equals("addForeignKeyConstraint")) {
            var parent = change.first(List.of("referencedTableName"));
            key(path, table, parent, "delete", change.first(List.of("onDelete")));
            key(path, table, parent, "update", change.first(List.of("onUpdate")));
        }
        change.all("constraints")
                .filter(key -> key.first(List.of("deleteCascade")).equals("true"))
                .forEach(key -> {
                    var referenced = key.first(List.of("referencedTableName", "references"));
                    key(path, table, referenced.replaceFirst("\\(.*", ""), "delete", "CASCADE");
                });
    }

    private void key(String path, String child, String parent, String event, String action) {
        var verb = switch (action.toUpperCase(Locale.ROOT)) {
            case "CASCADE" -> event.equals("delete") ? Verb.DELETE : Verb.UPDATE;
            case "SET NULL", "SET DEFAULT" -> Verb.UPDATE;
            default -> null;
        };
        if (verb != null) {
            var cause = "references %s on %s %s".formatted(parent, event, action.toLowerCase(Locale.ROOT));
            write(path, new SqlWrite(verb, child, cause), cause);
        }
    }

    private void write(String path, SqlWrite write, String by) {
        facts.together(() -> facts.sql(Place.in(path), write, Channel.MIGRATION, by));
    }
}
