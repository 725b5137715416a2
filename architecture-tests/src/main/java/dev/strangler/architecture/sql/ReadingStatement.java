package dev.strangler.architecture.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One statement, read from its first word on. */
final class ReadingStatement {

    private static final Set<String> HARMLESS = Set.of(
            "SELECT",
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
                }
            }
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
        while (at < tokens.size()) {
            var token = peek();
            if (token.isSign("(") || token.isSign(")")) {
                depth += token.isSign("(") ? 1 : -1;
                mayBegin = token.isSign("(") && depth == 1 || token.isSign(")") && depth == 0;
                at++;
            } else if (mayBegin && depth == 1 && token.hasHole()) {
                unreadable.add("a common table expression is put together at run time");
                return;
            } else if (mayBegin && token.is("INSERT", "UPDATE", "DELETE", "MERGE")) {
                readInner();
                mayBegin = false;
            } else {
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
        for (var token : tokens) {
            if (token.kind() == Token.Kind.BODY
                    || token.kind() == Token.Kind.STRING && token.text().length() > 40) {
                bodyOf(token, what);
            }
        }
    }

    private void bodyOf(Token body, String what) {
        var text = body.kind() == Token.Kind.STRING
                ? body.text().substring(1, body.text().length() - 1).replace("''", "'")
                : body.text();
        var inside = Token.of(text);
        for (int i = 0; i < inside.size(); i++) {
            boolean begins = i == 0
                    || inside.get(i - 1).isSign(";")
                    || inside.get(i - 1).isSign("(")
                    || inside.get(i - 1).isSign(")")
                    || inside.get(i - 1).is("BEGIN", "THEN", "ELSE", "LOOP", "QUERY");
            if (begins && inside.get(i).is("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE")) {
                var reading = new ReadingStatement(upToSemicolon(inside, i)).read();
                reading.writes()
                        .forEach(write -> writes.add(new SqlWrite(write.verb(), write.table(), "inside " + what)));
                unreadable.addAll(reading.unreadable());
            } else if (begins && inside.get(i).is("EXECUTE") && !isOfTrigger(inside, i)) {
                executed(inside, i + 1, what);
            }
        }
    }

    /** A statement that a block puts together: readable if it begins with a literal, whose slots and continuations are holes. */
    private void executed(List<Token> inside, int from, String what) {
        int at = from;
        if (at + 1 < inside.size()
                && inside.get(at).is("FORMAT")
                && inside.get(at + 1).isSign("(")) {
            at += 2;
        }
        var literal = at < inside.size() && inside.get(at).kind() == Token.Kind.STRING
                ? inside.get(at).text()
                : "";
        var text = literal.isEmpty()
                ? ""
                : literal.substring(1, literal.length() - 1).replace("''", "'");
        boolean goesOn = at + 1 < inside.size() && inside.get(at + 1).isSign("|");
        var tokens = Token.of(
                text.replaceAll("%(\\d+\\$)?[IsL]", String.valueOf(Holes.UNKNOWN)) + (goesOn ? Holes.UNKNOWN : ""));
        var reading = new ReadingStatement(tokens).read();
        reading.writes().forEach(write -> writes.add(new SqlWrite(write.verb(), write.table(), "inside " + what)));
        if (literal.isEmpty() || !reading.unreadable().isEmpty()) {
            unreadable.add(what + " puts a statement together while it runs");
        }
    }

    private static boolean isOfTrigger(List<Token> tokens, int at) {
        return at + 1 < tokens.size() && tokens.get(at + 1).is("FUNCTION", "PROCEDURE");
    }

    private static List<Token> upToSemicolon(List<Token> tokens, int from) {
        int end = from;
        while (end < tokens.size() && !tokens.get(end).isSign(";")) {
            end++;
        }
        return tokens.subList(from, end);
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
