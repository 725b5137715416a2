package dev.strangler.architecture.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells what puts the guards of tables out of force other than by a setting: their triggers, functions and schema, and functions that set or reach further. */
final class Guards {

    private static final String KIT = "strangler";
    private static final Set<String> SETTINGS = Set.of("session_replication_role", "role", "session_authorization");

    private Guards() {}

    /** What a statement drops, from the word after DROP on, if it is a guard. */
    static void dropped(List<Token> tokens, List<SqlWrite> writes) {
        var names = new ReadingStatement(tokens);
        if (names.skip("TRIGGER")) {
            names.skip("IF", "EXISTS");
            boolean isFence = isFence(names.name());
            if (names.skip("ON")) {
                writes.add(new SqlWrite(isFence ? Verb.BYPASS : Verb.ALTER, names.name()));
            }
        } else if (names.skip("SCHEMA")) {
            names.skip("IF", "EXISTS");
            if (names.name().equalsIgnoreCase(KIT)) {
                writes.add(new SqlWrite(Verb.DROP, KIT + ".*"));
            }
        } else if (names.skip("FUNCTION") || names.skip("PROCEDURE") || names.skip("ROUTINE")) {
            names.skip("IF", "EXISTS");
            var name = names.name();
            if (name.toLowerCase(Locale.ROOT).startsWith(KIT + ".")) {
                writes.add(new SqlWrite(Verb.DROP, name));
            }
        }
    }

    static boolean isFence(String trigger) {
        return trigger.toLowerCase(Locale.ROOT).startsWith(KIT + "_");
    }

    /** Functions that any statement may call: they set what SET sets, or run a statement in another session. */
    static void called(List<Token> tokens, List<SqlWrite> writes, List<String> unreadable) {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (!tokens.get(i + 1).isSign("(")) {
                continue;
            }
            if (tokens.get(i).is("SET_CONFIG") && tokens.get(i + 2).kind() == Token.Kind.STRING) {
                var setting = tokens.get(i + 2).text().replace("'", "").toLowerCase(Locale.ROOT);
                if (SETTINGS.contains(setting)) {
                    writes.add(new SqlWrite(Verb.BYPASS, setting));
                }
            } else if (tokens.get(i).is("DBLINK", "DBLINK_EXEC", "DBLINK_SEND_QUERY")) {
                unreadable.add("it runs a statement in another session, by dblink");
            }
        }
    }
}
