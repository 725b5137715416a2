package dev.strangler.architecture.sql;

import java.util.Locale;

/**
 * A table that a statement writes.
 *
 * @param table its name as the statement says it, without quotes; with its schema where one is named
 * @param cause what makes the write happen where the statement itself does not, such as {@code on delete cascade}; empty otherwise
 */
public record SqlWrite(Verb verb, String table, String cause) {

    /** A write that the statement does itself. */
    public SqlWrite(Verb verb, String table) {
        this(verb, table, "");
    }

    /** The name as the feature map would say it: lower case, without the schema {@code public}. */
    public SqlWrite normalized() {
        var lower = table.toLowerCase(Locale.ROOT);
        return new SqlWrite(verb, lower.startsWith("public.") ? lower.substring("public.".length()) : lower, cause);
    }
}
