package dev.strangler.architecture.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One statement, read from its first word on. */
final class ReadingStatement {

    private static final Set<String> HARMLESS = Set.of(
            "VALUES",
            "TABLE",
            "FROM",
            "SHOW",
            "BEGIN",
            "START",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT",
            "RELEASE",
            "LOCK",
            "COMMENT",
            "ANALYZE",
            "VACUUM",
            "LISTEN",
            "NOTIFY",
            "UNLISTEN",
            "DECLARE",
            "FETCH",
            "CLOSE",
            "GRANT",
            "REVOKE",
            "CLUSTER",
            "REINDEX",
            "DISCARD",
            "DEALLOCATE",
            "USE",
            "END",
            "CHECKPOINT",
            "DESCRIBE",
            "PRAGMA",
            "REFRESH",
            "FLUSH",
            "ABORT",
            "MOVE",
            "REASSIGN",
            "SECURITY",
            "IMPORT");

    private final List<Token> tokens;
    private final List<SqlWrite> writes = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private int at;

    ReadingStatement(List<Token> tokens) {
        this.tokens = tokens;
    }

    SqlReading read() {
        while (at < tokens.size()
                && (peek().isSign("(") || peek().isSign("{") || peek().isSign("?") || peek().isSign("="))) {
            at++;
        }
        if (at < tokens.size()) {
            readVerb();
        }
        Guards.called(tokens, writes, unreadable);
        return new SqlReading(writes, unreadable);
    }

    private void readVerb() {
        var first = next();
        if (first.hasHole()) {
            unreadable.add("its first word is put together at run time");
            return;
        }
        switch (first.upper()) {
            case "INSERT", "REPLACE" -> insert();
            case "UPDATE" -> update();
            case "DELETE" -> delete();
            case "MERGE", "UPSERT" -> {
                skip("INTO");
                target(Verb.MERGE);
            }
            case "TRUNCATE" -> targets(Verb.TRUNCATE, "TABLE");
            case "COPY" -> copy();
            case "WITH" -> with();
            case "EXPLAIN" -> explain();
            case "CREATE" -> new ReadingDefinition(this).create();
            case "ALTER" -> new ReadingDefinition(this).alter();
            case "SET", "RESET" -> set();
            case "DROP" -> {
                if (skip("TABLE")) {
                    skip("IF", "EXISTS");
                    targets(Verb.DROP);
                } else {
                    Guards.dropped(tokens.subList(at, tokens.size()), writes);
                }
            }
            case "SELECT" -> selectInto();
            case "DO" -> body("an anonymous block");
            case "CALL", "EXEC", "EXECUTE", "PREPARE" ->
                unreadable.add("it calls a procedure of the database, whose inside is not in the code");
            default -> {
                if (!HARMLESS.contains(first.upper()) && first.kind() == Token.Kind.WORD) {
                    unreadable.add("'" + first.text() + "' begins no statement that is known here");
                }
            }
        }
    }

    private void insert() {
        skip("IGNORE");
        skip("OVERWRITE");
        skip("INTO");
        skip("TABLE");
        target(Verb.INSERT);
    }

    private void update() {
        skip("ONLY");
        skip("IGNORE");
        skip("VERSIONED");
        target(Verb.UPDATE);
        // MySQL's form over several tables: those joined before SET may be written as well.
        int depth = 0;
        while (at < tokens.size() && !(depth == 0 && peek().is("SET"))) {
            var token = next();
            depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
            if (depth == 0 && (token.isSign(",") || token.is("JOIN")) && at < tokens.size() && peek().isName()) {
                target(Verb.UPDATE);
            }
        }
    }

    private void delete() {
        if (skip("FROM") || at >= tokens.size() || !peek().isName()) {
            skip("ONLY");
            target(Verb.DELETE);
        } else if (at + 1 < tokens.size()
                && (tokens.get(at + 1).is("FROM") || tokens.get(at + 1).isSign(","))) {
            // MySQL's form with aliases before FROM.
            while (at < tokens.size() && !peek().is("FROM")) {
                at++;
            }
            skip("FROM");
            target(Verb.DELETE);
        } else {
            target(Verb.DELETE);
        }
    }

    /** Outside of a function, what is selected into is a new table. */
    private void selectInto() {
        int depth = 0;
        while (at < tokens.size() && !(depth == 0 && peek().is("FROM"))) {
            var token = next();
            depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
            if (depth == 0 && token.is("INTO")) {
                boolean isOfSession = skip("TEMP") || skip("TEMPORARY");
                skip("UNLOGGED");
                skip("TABLE");
                if (!isOfSession && at < tokens.size() && peek().isName()) {
                    target(Verb.CREATE);
                }
                return;
            }
        }
    }

    private void copy() {
        if (at < tokens.size() && peek().isSign("(")) {
            return;
        }
        int before = writes.size();
        target(Verb.COPY);
        var rest = tokens.subList(at, tokens.size());
        if (rest.stream().noneMatch(token -> token.is("FROM"))) {
            writes.subList(before, writes.size()).clear();
        }
    }

    /** Each common table expression may write, and so may what follows them. */
    private void with() {
        int depth = 0;
        boolean mayBegin = false;
        boolean hasBegun = false;
        while (at < tokens.size()) {
            var token = peek();
            if (token.isSign("(") || token.isSign(")")) {
                depth += token.isSign("(") ? 1 : -1;
                mayBegin = token.isSign("(") && depth == 1 || token.isSign(")") && depth == 0;
                at++;
            } else if (mayBegin && depth == 1 && token.hasHole()) {
                unreadable.add("a common table expression is put together at run time");
                return;
            } else if (mayBegin && depth == 0 && !hasBegun && token.hasHole()) {
                unreadable.add("what follows the common table expressions is put together at run time");
                return;
            } else if (mayBegin && token.is("INSERT", "UPDATE", "DELETE", "MERGE")) {
                hasBegun |= depth == 0;
                readInner();
                mayBegin = false;
            } else {
                hasBegun |= depth == 0 && token.is("SELECT", "VALUES", "TABLE");
                mayBegin = false;
                at++;
            }
        }
    }

    /** A writing statement inside this one: only its target is taken, the rest is walked over by the caller. */
    private void readInner() {
        switch (next().upper()) {
            case "INSERT" -> insert();
            case "UPDATE" -> {
                skip("ONLY");
                target(Verb.UPDATE);
            }
            case "DELETE" -> {
                skip("FROM");
                skip("ONLY");
                target(Verb.DELETE);
            }
            default -> {
                skip("INTO");
                target(Verb.MERGE);
            }
        }
    }

    /** Two settings take the guards away from whatever follows in the session. */
    private void set() {
        skip("LOCAL");
        skip("SESSION");
        if (at < tokens.size() && peek().is("session_replication_role", "ROLE", "AUTHORIZATION")) {
            writes.add(new SqlWrite(Verb.BYPASS, peek().text()));
        }
    }

    private void explain() {
        boolean runs = tokens.stream().anyMatch(token -> token.is("ANALYZE"));
        while (runs && at < tokens.size() && !peek().is("INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "SELECT")) {
            at++;
        }
        if (runs && at < tokens.size()) {
            readVerb();
        }
    }

    /** The body of a function or block: every statement that begins inside it. */
    void body(String what) {
        new ReadingBody(tokens, what, writes, unreadable).read();
    }

    /** What stands behind the next DO, of one statement or several in brackets. */
    void inner(String what) {
        while (at < tokens.size() && !skip("DO")) {
            at++;
        }
        boolean isAlso = skip("ALSO") || skip("INSTEAD");
        if (at < tokens.size() && (isAlso || !peek().is("NOTHING"))) {
            new ReadingBody(List.of(), what, writes, unreadable).inside(tokens.subList(at, tokens.size()));
        }
    }

    private void targets(Verb verb, String... before) {
        for (var word : before) {
            skip(word);
        }
        skip("ONLY");
        target(verb);
        while (at < tokens.size() && peek().isSign(",")) {
            at++;
            skip("ONLY");
            target(verb);
        }
    }

    /** The name at this place, as what the verb changes. */
    void target(Verb verb) {
        var name = name();
        if (name.isEmpty()) {
            unreadable.add("after " + verb + " there is no name of a table");
        } else if (name.chars().anyMatch(Holes::isHole)) {
            unreadable.add("the name of the table after " + verb + " is put together at run time");
        } else {
            writes.add(new SqlWrite(verb, name));
        }
    }

    /** A name with its schema or package; empty if none stands here. */
    String name() {
        var name = new StringBuilder();
        while (at < tokens.size() && peek().isName()) {
            name.append(next().text());
            if (at < tokens.size() && peek().isSign(".")) {
                name.append('.');
                at++;
            } else {
                break;
            }
        }
        return name.toString();
    }

    void add(SqlWrite write) {
        writes.add(write);
    }

    boolean isAtEnd() {
        return at >= tokens.size();
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        return tokens.get(at++);
    }

    /** Steps over the words if all of them stand here. */
    boolean skip(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }
}
