package dev.strangler.architecture.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what SQL and JPQL texts write. Where a target stands in a statement is a local matter of grammar, so tokens are enough for it
 * and dialects do not matter; where JSqlParser understands the statement too, both must say the same, or neither is believed.
 */
public final class Statements {

    private final Map<String, SqlReading> sqlRead = new ConcurrentHashMap<>();

    /** Reads one or several statements of SQL, as a program or a script has them. */
    public SqlReading sql(String text) {
        return sqlRead.computeIfAbsent(text, Statements::readSql);
    }

    /** Reads one statement of JPQL or HQL; the tables are names of entities. */
    public SqlReading jpql(String text) {
        return merged(List.of(new ReadingStatement(Token.of(text)).read()));
    }

    private static SqlReading readSql(String text) {
        var readings = new ArrayList<SqlReading>();
        var parts = split(Token.of(text));
        for (var statement : parts) {
            readings.add(new ReadingStatement(statement).read());
        }
        var reading = merged(readings);
        return parts.size() == 1
                        && reading.unreadable().isEmpty()
                        && !reading.writes().isEmpty()
                ? SecondOpinion.on(text, reading)
                : reading;
    }

    /** At semicolons that end a statement: bodies in quotes are one token, and those in brackets or after {@code begin atomic} are kept together. */
    static List<List<Token>> split(List<Token> tokens) {
        var statements = new ArrayList<List<Token>>();
        var current = new ArrayList<Token>();
        int open = 0;
        int atomic = 0;
        for (var token : tokens) {
            open = Math.max(0, open + (token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0));
            atomic += token.is("ATOMIC") || atomic > 0 && token.is("CASE") ? 1 : 0;
            atomic -= atomic > 0 && token.is("END") ? 1 : 0;
            boolean ends = token.isSign(";") && atomic == 0 && (open == 0 || !isRule(current));
            if (!ends) {
                current.add(token);
            } else if (!current.isEmpty()) {
                statements.add(List.copyOf(current));
                current.clear();
                open = 0;
            }
        }
        if (!current.isEmpty()) {
            statements.add(List.copyOf(current));
        }
        return statements;
    }

    private static boolean isRule(List<Token> statement) {
        return statement.stream().limit(4).anyMatch(token -> token.is("RULE"));
    }

    static SqlReading merged(List<SqlReading> readings) {
        return new SqlReading(
                readings.stream().flatMap(reading -> reading.writes().stream()).toList(),
                readings.stream()
                        .flatMap(reading -> reading.unreadable().stream())
                        .distinct()
                        .toList());
    }
}
