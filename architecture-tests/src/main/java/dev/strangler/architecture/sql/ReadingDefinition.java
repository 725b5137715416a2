package dev.strangler.architecture.sql;

import java.util.Locale;

/** Reads statements that define tables and what hangs on them, with the writes that they hide in the database. */
final class ReadingDefinition {

    private final ReadingStatement statement;

    ReadingDefinition(ReadingStatement statement) {
        this.statement = statement;
    }

    void create() {
        while (!statement.isAtEnd()) {
            if (statement.skip("TABLE")) {
                table(Verb.CREATE);
                return;
            }
            if (statement.skip("INDEX")) {
                indexed();
                return;
            }
            if (statement.skip("FUNCTION") || statement.skip("PROCEDURE")) {
                statement.body("function " + statement.name());
                return;
            }
            if (statement.skip("RULE")) {
                rule();
                return;
            }
            if (statement.skip("TRIGGER")) {
                indexed();
                return;
            }
            // A temporary table is its session's own.
            if (statement
                    .peek()
                    .is(
                            "TEMP",
                            "TEMPORARY",
                            "VIEW",
                            "EVENT",
                            "PUBLICATION",
                            "SUBSCRIPTION",
                            "SEQUENCE",
                            "SCHEMA",
                            "TYPE",
                            "ROLE",
                            "EXTENSION",
                            "DOMAIN",
                            "USER",
                            "DATABASE")) {
                return;
            }
            statement.next();
        }
    }

    void alter() {
        if (statement.skip("TABLE")) {
            table(Verb.ALTER);
        }
    }

    private void table(Verb verb) {
        statement.skip("IF", "NOT", "EXISTS");
        statement.skip("IF", "EXISTS");
        statement.skip("ONLY");
        var table = statement.name();
        if (table.isEmpty()) {
            return;
        }
        statement.add(new SqlWrite(verb, table));
        while (!statement.isAtEnd()) {
            if (statement.skip("DISABLE", "TRIGGER")
                    || statement.skip("DISABLE", "RULE")
                    || statement.skip("DISABLE", "ROW")) {
                statement.add(new SqlWrite(Verb.BYPASS, table));
            } else if (statement.skip("ENABLE")) {
                enabled(table);
            } else if (statement.skip("REFERENCES")) {
                reference(table);
            } else {
                statement.next();
            }
        }
    }

    /** A fence stands for replicas too; one that is enabled in any other way does so no more. */
    private void enabled(String table) {
        boolean isReplica = statement.skip("REPLICA");
        if (statement.skip("TRIGGER")
                && (isReplica || statement.skip("ALL") || statement.skip("USER") || Guards.isFence(statement.name()))) {
            statement.add(new SqlWrite(Verb.BYPASS, table));
        }
    }

    /** What stands behind DO happens whenever the table is written. */
    private void rule() {
        var rule = statement.name();
        while (!statement.isAtEnd() && !statement.skip("TO")) {
            statement.next();
        }
        var table = statement.name();
        if (table.isEmpty()) {
            return;
        }
        statement.add(new SqlWrite(Verb.ALTER, table));
        statement.inner("rule " + rule + " on " + table);
    }

    /** A foreign key: what it does to this table when a row of the other one goes or changes its key. */
    private void reference(String child) {
        var parent = statement.name();
        while (!statement.isAtEnd()
                && !statement.peek().isSign(",")
                && !statement.peek().is("REFERENCES")) {
            if (statement.skip("ON", "DELETE")) {
                action(child, parent, "DELETE");
            } else if (statement.skip("ON", "UPDATE")) {
                action(child, parent, "UPDATE");
            } else if (statement.peek().isSign("(")) {
                while (!statement.isAtEnd() && !statement.next().isSign(")")) {
                    // column names
                }
            } else {
                statement.next();
            }
        }
    }

    private void action(String child, String parent, String event) {
        if (statement.skip("CASCADE")) {
            statement.add(new SqlWrite(
                    event.equals("DELETE") ? Verb.DELETE : Verb.UPDATE, child, cause(parent, event, "cascade")));
        } else if (statement.skip("SET", "NULL")) {
            statement.add(new SqlWrite(Verb.UPDATE, child, cause(parent, event, "set null")));
        } else if (statement.skip("SET", "DEFAULT")) {
            statement.add(new SqlWrite(Verb.UPDATE, child, cause(parent, event, "set default")));
        }
    }

    private static String cause(String parent, String event, String action) {
        return "references " + parent + " on " + event.toLowerCase(Locale.ROOT) + " " + action;
    }

    private void indexed() {
        while (!statement.isAtEnd()) {
            if (statement.skip("ON")) {
                statement.skip("ONLY");
                var table = statement.name();
                if (!table.isEmpty()) {
                    statement.add(new SqlWrite(Verb.ALTER, table));
                }
                return;
            }
            statement.next();
        }
    }
}
