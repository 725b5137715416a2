package dev.strangler.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table that a piece of SQL writes.
 *
 * @param verb the writing verb, upper case
 * @param table the table's name without schema and quotes, lower case
 */
record SqlWrite(String verb, String table) {

    private static final Pattern WRITE = Pattern.compile(
            "\\b(insert\\s+into|update|delete\\s+from|truncate(?:\\s+table)?|merge\\s+into|copy)\\s+(?:only\\s+)?"
                    + "(?:\"?[a-z_][a-z0-9_$]*\"?\\.)?\"?([a-z_][a-z0-9_$]*)\"?",
            Pattern.CASE_INSENSITIVE);

    /** Words that follow a verb without naming a table: {@code for update of}, {@code do update set}, {@code on update cascade}. */
    private static final List<String> NOT_TABLES =
            List.of("set", "of", "nowait", "skip", "cascade", "restrict", "no", "on", "or", "and", "as");

    /** Every write in the text; comments and strings in it are read like the rest, so a doubtful text errs to more writes. */
    static List<SqlWrite> in(String sql) {
        var writes = new ArrayList<SqlWrite>();
        var matcher = WRITE.matcher(sql);
        while (matcher.find()) {
            var table = matcher.group(2).toLowerCase(Locale.ROOT);
            if (!NOT_TABLES.contains(table)) {
                var verb = matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
                writes.add(new SqlWrite(verb, table));
            }
        }
        return writes;
    }
}
