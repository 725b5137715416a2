package dev.strangler.architecture.sql;

import java.util.ArrayList;
import java.util.List;

/** Makes of texts that programs send what a database can be asked about: one statement at a time, with parameters as JDBC has them. */
public final class Placeholders {

    private final String text;
    private final String parameter;
    private final StringBuilder statement = new StringBuilder();
    private final List<Statement> statements = new ArrayList<>();
    private int parameters;
    private int at;

    private Placeholders(String text, String parameter) {
        this.text = text;
        this.parameter = parameter;
    }

    /**
     * One statement.
     *
     * @param parameters how many it has
     */
    public record Statement(String text, int parameters) {

        /** The same with a null in place of each parameter, for where nothing tells a parameter's type. */
        public String withNulls() {
            return new Placeholders(text, "null").walk().get(0).text();
        }
    }

    /**
     * The statements of a text. {@code :name} and what is known at run time only become {@code ?}; what stands in quotes or comments, and operators
     * written {@code ??}, stay as they are.
     */
    public static List<Statement> in(String text) {
        return new Placeholders(text, "?").walk();
    }

    private List<Statement> walk() {
        while (at < text.length()) {
            int end = endOfQuoted();
            if (end > at) {
                statement.append(text, at, end);
                at = end;
            } else {
                step();
            }
        }
        end();
        return statements;
    }

    private void step() {
        char c = text.charAt(at);
        if (c == ';') {
            end();
            at++;
        } else if (text.startsWith("??", at)) {
            // How the driver is told that an operator is meant.
            statement.append("??");
            at += 2;
        } else if (c == '?' || Holes.isHole(c) || c == Holes.VALUE) {
            parameter();
            at++;
        } else if (isName()) {
            int end = at + 1;
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end)) && text.charAt(end) != '$') {
                end++;
            }
            parameter();
            at = end;
        } else {
            statement.append(c);
            at++;
        }
    }

    private void parameter() {
        statement.append(parameter);
        parameters++;
    }

    /** A colon before a name, and no cast. */
    private boolean isName() {
        return text.charAt(at) == ':'
                && at + 1 < text.length()
                && Character.isLetter(text.charAt(at + 1))
                && (at == 0 || text.charAt(at - 1) != ':');
    }

    private int endOfQuoted() {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return after(String.valueOf(c), at + 1);
        }
        if (text.startsWith("--", at)) {
            return after("\n", at);
        }
        if (text.startsWith("/*", at)) {
            return after("*/", at);
        }
        if (c == '$') {
            int end = at + 1;
            while (end < text.length() && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            return end < text.length() && text.charAt(end) == '$' ? after(text.substring(at, end + 1), end + 1) : at;
        }
        return at;
    }

    private int after(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private void end() {
        var whole = statement.toString().strip();
        if (!whole.isEmpty()) {
            statements.add(new Statement(whole, parameters));
        }
        statement.setLength(0);
        parameters = 0;
    }
}
