package dev.strangler.architecture.database;

import dev.strangler.architecture.sql.SqlReading;
import dev.strangler.architecture.sql.Statements;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What functions write, with the functions that they call. */
public final class RoutineWrites {

    private static final Statements STATEMENTS = new Statements();
    private static final Pattern CALLED = Pattern.compile("([A-Za-z_][\\w.]*)\\s*\\(");
    private static final String QUOTE = "$of_the_catalog$";

    private final Catalog catalog;
    private final Map<String, SqlReading> readings = new HashMap<>();

    /** Reads the functions of a catalog as they are asked about. */
    public RoutineWrites(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The tables that a function writes, itself or through others. */
    public Set<String> tables(String routine) {
        var tables = new TreeSet<String>();
        for (var reached : reached(routine)) {
            reading(reached)
                    .writes()
                    .forEach(write ->
                            tables.add(catalog.rootOf(write.normalized().table())));
        }
        return tables;
    }

    /** Why that may not be all, each as the end of a sentence. */
    public Set<String> doubts(String routine) {
        var doubts = new TreeSet<String>();
        for (var reached : reached(routine)) {
            doubts.addAll(reading(reached).unreadable());
            catalog.routine(reached)
                    .filter(found -> found.body() == null)
                    .ifPresent(found -> doubts.add(reached + " is not written in SQL or PL/pgSQL"));
        }
        return doubts;
    }

    /** The tables that a rule writes beside or in place of what was asked for. */
    public static Set<String> ofRule(Catalog.Rule rule) {
        var tables = new TreeSet<String>();
        var definition = rule.definition();
        int begin = definition.indexOf(" DO ");
        var actions = begin < 0 ? "" : definition.substring(begin + 4).replaceFirst("^\\s*(INSTEAD|ALSO)\\s*", "");
        STATEMENTS
                .sql(actions.strip().replaceFirst("^\\(", ""))
                .writes()
                .forEach(write -> tables.add(write.normalized().table()));
        return tables;
    }

    private Set<String> reached(String routine) {
        var reached = new LinkedHashSet<String>();
        reach(routine, reached);
        return reached;
    }

    /** The kit's functions are the kit's matter. */
    private void reach(String name, Set<String> reached) {
        var body = catalog.routine(name).map(Catalog.Routine::body).orElse(null);
        if (name.startsWith("strangler.") || !reached.add(name) || body == null) {
            return;
        }
        var called = CALLED.matcher(body);
        while (called.find()) {
            var callee = called.group(1).toLowerCase(java.util.Locale.ROOT).replaceFirst("^public\\.", "");
            if (catalog.routine(callee).isPresent()) {
                reach(callee, reached);
            }
        }
    }

    private SqlReading reading(String routine) {
        return readings.computeIfAbsent(routine, name -> {
            var body = catalog.routine(name).map(Catalog.Routine::body).orElse("");
            return STATEMENTS.sql("create function %s() returns void as %s%s%s".formatted(name, QUOTE, body, QUOTE));
        });
    }
}
