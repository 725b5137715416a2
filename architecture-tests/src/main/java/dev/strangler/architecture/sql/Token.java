package dev.strangler.architecture.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A word, name, text, body or sign of a statement. */
record Token(Kind kind, String text) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        /** Text between dollar signs: as a rule the body of a function. */
        BODY,
        SIGN
    }

    /** Whether it is this keyword. */
    boolean is(String... words) {
        if (kind == Kind.WORD) {
            for (var word : words) {
                if (text.equalsIgnoreCase(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    boolean hasHole() {
        return kind != Kind.STRING && text.chars().anyMatch(Holes::isHole);
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Comments fall away; an unfinished string or comment reaches to the end. */
    static List<Token> of(String sql) {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            var tag = c == '$' ? dollarTag(sql, at) : null;
            if (Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = after(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = after(sql, "*/", at);
            } else if (c == '\'') {
                int end = endOfString(sql, at);
                tokens.add(new Token(Kind.STRING, sql.substring(at, end)));
                at = end;
            } else if (c == '"' || c == '`') {
                int end = after(sql, String.valueOf(c), at + 1);
                tokens.add(new Token(Kind.QUOTED, sql.substring(at + 1, Math.max(at + 1, end - 1))));
                at = end;
            } else if (tag != null) {
                int end = after(sql, tag, at + tag.length());
                int bodyEnd = Math.max(at + tag.length(), end - tag.length());
                tokens.add(new Token(Kind.BODY, sql.substring(at + tag.length(), bodyEnd)));
                at = end;
            } else if (isOfWord(c)) {
                int end = at;
                while (end < sql.length() && isOfWord(sql.charAt(end))) {
                    end++;
                }
                tokens.add(new Token(Kind.WORD, sql.substring(at, end)));
                at = end;
            } else {
                tokens.add(new Token(Kind.SIGN, String.valueOf(c)));
                at++;
            }
        }
        return tokens;
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Holes.isHole(c) || c == Holes.VALUE;
    }

    private static int after(String sql, String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    private static int endOfString(String sql, int start) {
        int at = start + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) == '\'') {
                if (at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
                    at++;
                } else {
                    return at + 1;
                }
            }
            at++;
        }
        return sql.length();
    }

    /** {@code $$} or {@code $word$}; null for a parameter such as {@code $1}. */
    private static @Nullable String dollarTag(String sql, int at) {
        int end = at + 1;
        while (end < sql.length() && (Character.isLetter(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        return end < sql.length() && sql.charAt(end) == '$' ? sql.substring(at, end + 1) : null;
    }
}
