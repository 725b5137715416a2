package dev.strangler.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of a live projection, parents before children, and whatever makes them unfit to be rebuilt.
 */
final class LiveTables {

    private final JdbcTemplate jdbc;
    private final String writer;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, LiveTable> tables = new LinkedHashMap<>();
    private final Map<String, Set<String>> parents = new LinkedHashMap<>();

    private LiveTables(JdbcTemplate jdbc, String writer) {
        this.jdbc = jdbc;
        this.writer = writer;
    }

    /**
     * Looks at the tables.
     *
     * @param writer the role that writes them; empty if it is the connection's own
     * @throws RebuildRefused with everything that is wrong with them
     */
    static LiveTables of(JdbcTemplate jdbc, Projection projection, String writer) {
        var live = new LiveTables(jdbc, writer);
        projection.tables().forEach(live::look);
        live.lookAtForeignKeys();
        var sorted = live.problems.isEmpty() ? live.sorted() : List.<LiveTable>of();
        if (!live.problems.isEmpty()) {
            throw new RebuildRefused("The projection cannot be rebuilt: " + String.join("; ", live.problems) + ".");
        }
        live.tables.clear();
        sorted.forEach(table -> live.tables.put(table.name(), table));
        return live;
    }

    /** The role that writes them; empty if it is the connection's own. */
    String writer() {
        return writer;
    }

    /** Parents before children. */
    List<LiveTable> parentsFirst() {
        return List.copyOf(tables.values());
    }

    /** Children before parents. */
    List<LiveTable> childrenFirst() {
        var reversed = new ArrayList<>(tables.values());
        java.util.Collections.reverse(reversed);
        return reversed;
    }

    /** Foreign keys inside the projection, as DDL that holds in whatever schema is current. */
    List<String> innerForeignKeys() {
        var statements = new ArrayList<String>();
        for (var key : foreignKeys()) {
            if (key.isInner(tables)) {
                statements.add("alter table %s add constraint %s %s"
                        .formatted(LiveTable.quoted(key.from()), LiveTable.quoted(key.name()), key.definition()));
            }
        }
        return statements;
    }

    private void look(String name) {
        var found = jdbc
                .query(
                        "select n.nspname, c.relkind, c.oid::bigint from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where c.oid = to_regclass(quote_ident(?))",
                        (row, number) -> new Found(row.getString(1), row.getString(2), row.getLong(3)),
                        name)
                .stream()
                .findFirst();
        if (found.isEmpty()) {
            problems.add("table '%s' does not exist; create it empty, with the migration that made it".formatted(name));
        } else if (!found.get().kind().equals("r")) {
            problems.add("'%s' is no ordinary table; name the tables behind it".formatted(name));
        } else {
            add(name, found.get());
        }
    }

    private record Found(String schema, String kind, long oid) {}

    private void add(String name, Found found) {
        var drawn = jdbc.queryForList("""
                select a.attname from pg_attribute a
                  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where a.attrelid = ?::oid and a.attnum > 0 and not a.attisdropped
                   and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like '%nextval(%')
                """, String.class, found.oid());
        if (!drawn.isEmpty()) {
            problems.add(
                    "column %s of '%s' draws from a sequence, so a rebuilt row could never equal the live one; derive it from the event"
                            .formatted(drawn, name));
        }
        var columns = jdbc.queryForList(
                "select attname from pg_attribute where attrelid = ?::oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
                String.class,
                found.oid());
        var key = jdbc.queryForList("""
                select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                 where i.indrelid = ?::oid and i.indisprimary order by array_position(i.indkey, a.attnum)
                """, String.class, found.oid());
        tables.put(name, new LiveTable(found.schema(), name, key, columns));
    }

    private record ForeignKey(
            String name,
            String fromSchema,
            String from,
            String toSchema,
            String to,
            boolean isQuiet,
            String definition) {

        boolean leavesFrom(Map<String, LiveTable> tables) {
            return isOne(tables, fromSchema, from);
        }

        boolean leadsTo(Map<String, LiveTable> tables) {
            return isOne(tables, toSchema, to);
        }

        boolean isInner(Map<String, LiveTable> tables) {
            return leavesFrom(tables) && leadsTo(tables);
        }

        private static boolean isOne(Map<String, LiveTable> tables, String schema, String name) {
            return Optional.ofNullable(tables.get(name))
                    .filter(table -> table.schema().equals(schema))
                    .isPresent();
        }
    }

    private List<ForeignKey> foreignKeys() {
        return jdbc.query(
                """
                select k.conname, fn.nspname, f.relname, tn.nspname, t.relname,
                       k.confdeltype in ('a', 'r') and k.confupdtype in ('a', 'r'),
                       pg_get_constraintdef(k.oid)
                  from pg_constraint k
                  join pg_class f on f.oid = k.conrelid join pg_namespace fn on fn.oid = f.relnamespace
                  join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
                 where k.contype = 'f' order by k.conname
                """,
                (row, number) -> new ForeignKey(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6),
                        row.getString(7)));
    }

    private void lookAtForeignKeys() {
        for (var key : foreignKeys()) {
            if (key.isInner(tables)) {
                parents.computeIfAbsent(key.from(), name -> new LinkedHashSet<>())
                        .add(key.to());
            } else if (!key.isQuiet() && (key.leavesFrom(tables) || key.leadsTo(tables))) {
                problems.add(
                        "foreign key '%s' from '%s' to '%s' crosses the projection's border and changes rows by itself; let it do nothing, or name both tables"
                                .formatted(key.name(), key.from(), key.to()));
            }
        }
    }

    private List<LiveTable> sorted() {
        var sorted = new ArrayList<LiveTable>();
        var left = new LinkedHashMap<>(tables);
        while (!left.isEmpty()) {
            var next = left.values().stream()
                    .filter(table -> parents.getOrDefault(table.name(), Set.of()).stream()
                            .noneMatch(parent -> !parent.equals(table.name()) && left.containsKey(parent)))
                    .findFirst();
            if (next.isEmpty()) {
                problems.add("the foreign keys among %s go round in a circle; drop one".formatted(left.keySet()));
                return sorted;
            }
            sorted.add(next.get());
            left.remove(next.get().name());
        }
        return sorted;
    }
}
