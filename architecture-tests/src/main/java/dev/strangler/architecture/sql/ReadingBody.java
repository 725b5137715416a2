package dev.strangler.architecture.sql;

import java.util.List;

/** Reads the bodies of functions and blocks: every statement that begins inside them. */
final class ReadingBody {

    /** A text that is no body by its place, and long enough to be one. */
    private static final int LONG = 40;

    private final List<Token> statement;
    private final String what;
    private final List<SqlWrite> writes;
    private final List<String> unreadable;

    ReadingBody(List<Token> statement, String what, List<SqlWrite> writes, List<String> unreadable) {
        this.statement = statement;
        this.what = what;
        this.writes = writes;
        this.unreadable = unreadable;
    }

    void read() {
        for (int i = 0; i < statement.size(); i++) {
            var token = statement.get(i);
            if (token.kind() == Token.Kind.BODY) {
                inside(Token.of(token.text()));
            } else if (token.kind() == Token.Kind.STRING
                    && (follows(i) || token.text().length() > LONG)) {
                inside(Token.of(unquoted(token)));
            } else if (token.is("ATOMIC")) {
                inside(statement.subList(i + 1, statement.size()));
                return;
            }
        }
    }

    private boolean follows(int at) {
        return at == 0 || statement.get(at - 1).is("AS", "DO");
    }

    private static String unquoted(Token literal) {
        return literal.text().substring(1, literal.text().length() - 1).replace("''", "'");
    }

    /** The same of what is known to be a body. */
    void inside(List<Token> inside) {
        for (int i = 0; i < inside.size(); i++) {
            boolean begins = i == 0
                    || inside.get(i - 1).isSign(";")
                    || inside.get(i - 1).is("BEGIN", "ATOMIC", "THEN", "ELSE", "LOOP", "QUERY");
            boolean mayBegin =
                    begins || inside.get(i - 1).isSign("(") || inside.get(i - 1).isSign(")");
            var token = inside.get(i);
            if (mayBegin && token.is("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE")
                    || begins && token.is("ALTER", "DROP", "CREATE", "COPY", "SET")) {
                keep(new ReadingStatement(upToSemicolon(inside, i)).read());
            } else if (mayBegin && token.is("EXECUTE") && !isOfTrigger(inside, i)) {
                executed(inside, i + 1);
            }
        }
        Guards.called(inside, writes, unreadable);
    }

    private void keep(SqlReading reading) {
        reading.writes().forEach(write -> writes.add(new SqlWrite(write.verb(), write.table(), "inside " + what)));
        unreadable.addAll(reading.unreadable());
    }

    /** A statement that a block puts together: readable if it begins with a literal, whose slots and continuations are holes. */
    private void executed(List<Token> inside, int from) {
        int at = from;
        if (at + 1 < inside.size()
                && inside.get(at).is("FORMAT")
                && inside.get(at + 1).isSign("(")) {
            at += 2;
        }
        boolean isLiteral = at < inside.size() && inside.get(at).kind() == Token.Kind.STRING;
        var text = isLiteral ? unquoted(inside.get(at)) : "";
        boolean goesOn = at + 1 < inside.size() && inside.get(at + 1).isSign("|");
        var tokens = Token.of(
                text.replaceAll("%(\\d+\\$)?[IsL]", String.valueOf(Holes.UNKNOWN)) + (goesOn ? Holes.UNKNOWN : ""));
        var reading = new ReadingStatement(tokens).read();
        keep(new SqlReading(reading.writes(), List.of()));
        if (!isLiteral || !reading.unreadable().isEmpty()) {
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
}
