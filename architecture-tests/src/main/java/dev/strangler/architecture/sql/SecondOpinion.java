package dev.strangler.architecture.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/** What JSqlParser says of a writing statement. It knows fewer statements than there are, so its silence means nothing. */
final class SecondOpinion {

    /** Its time grows with nesting; texts like this are scripts with data. */
    private static final int LONGEST = 4_000;

    private static final Set<Verb> KNOWN = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE, Verb.MERGE);

    private SecondOpinion() {}

    /** The first reading, with a doubt if the parser read other targets out of the same statement. */
    static SqlReading on(String sql, SqlReading first) {
        if (sql.length() > LONGEST
                || !first.writes().stream()
                        .allMatch(write ->
                                KNOWN.contains(write.verb()) && write.cause().isEmpty())) {
            return first;
        }
        var parsed = parsed(sql);
        if (parsed == null || !collects(parsed)) {
            return first;
        }
        var targets = new TreeSet<String>();
        collect(parsed, targets);
        var read = first.writes().stream()
                .map(write -> bare(write.table()))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean mayWriteJoined =
                parsed instanceof Update update && (update.getStartJoins() != null || update.getJoins() != null);
        boolean agree = mayWriteJoined ? read.containsAll(targets) : read.equals(targets);
        if (agree) {
            return first;
        }
        var doubts = new ArrayList<>(first.unreadable());
        doubts.add("its targets are read differently, as " + read + " and as " + targets);
        return new SqlReading(first.writes(), doubts);
    }

    private static @Nullable Statement parsed(String sql) {
        var whole = new StringBuilder();
        sql.chars()
                .forEach(c ->
                        whole.append(c == Holes.VALUE ? "0" : Holes.isHole(c) ? "hole" : String.valueOf((char) c)));
        try {
            // In this thread: the parser's own timeouts cost a thread for each statement.
            return CCJSqlParserUtil.newParser(whole.toString()).Statement();
        } catch (Exception | Error notUnderstood) {
            // The generated parser throws errors of its lexer as well as exceptions.
            return null;
        }
    }

    private static boolean collects(Statement statement) {
        return statement instanceof Insert
                || statement instanceof Update
                || statement instanceof Delete
                || statement instanceof Merge
                || statement instanceof Select;
    }

    private static void collect(@Nullable Object statement, Set<String> targets) {
        if (statement instanceof Insert insert) {
            add(insert.getTable(), targets);
            inner(insert.getWithItemsList(), targets);
        } else if (statement instanceof Update update) {
            add(update.getTable(), targets);
            inner(update.getWithItemsList(), targets);
        } else if (statement instanceof Delete delete) {
            add(delete.getTable(), targets);
            inner(delete.getWithItemsList(), targets);
        } else if (statement instanceof Merge merge) {
            add(merge.getTable(), targets);
            inner(merge.getWithItemsList(), targets);
        } else if (statement instanceof Select select) {
            inner(select.getWithItemsList(), targets);
        }
    }

    private static void inner(@Nullable List<WithItem<?>> items, Set<String> targets) {
        if (items != null) {
            items.forEach(item -> {
                Object inner = item.getParenthesedStatement();
                if (inner instanceof ParenthesedInsert insert) {
                    collect(insert.getInsert(), targets);
                } else if (inner instanceof ParenthesedUpdate update) {
                    collect(update.getUpdate(), targets);
                } else if (inner instanceof ParenthesedDelete delete) {
                    collect(delete.getDelete(), targets);
                }
            });
        }
    }

    private static void add(@Nullable Table table, Set<String> targets) {
        if (table != null) {
            targets.add(bare(table.getName()));
        }
    }

    private static String bare(String table) {
        var plain = table.replace("\"", "").replace("`", "").toLowerCase(Locale.ROOT);
        return plain.substring(plain.lastIndexOf('.') + 1);
    }
}
