package dev.strangler.architecture.database;

import dev.strangler.architecture.flow.Place;
import dev.strangler.architecture.sql.Holes;
import dev.strangler.architecture.sql.Placeholders;
import dev.strangler.architecture.sql.Placeholders.Statement;
import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.sql.Statements;
import dev.strangler.architecture.writes.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks PostgreSQL itself what each statement would write, and whether a role that may write only its feature's tables could run it. Nothing is run: statements
 * are planned. The roles are made for it in a transaction that is rolled back, so nothing stays.
 */
public final class Explaining {

    /** What only PostgreSQL's planner has a plan for; the few other statements are told by their first word. */
    private static final Pattern PLANNABLE = Pattern.compile(
            "(?is)[\\s(]*(/\\*.*?\\*/\\s*|--[^\\n]*\\n\\s*)*(select|insert|update|delete|merge|with|values)\\b.*");

    private static final String NO_RIGHT = "42501";
    private static final String UNKNOWN_TYPE = "42P18";
    private static final String EXPLAIN = "explain (generic_plan, verbose, costs off, format xml) ";

    private final Connection connection;
    private final Catalog catalog;
    private final Statements statements = new Statements();
    private final Map<String, String> roles = new HashMap<>();
    private final String suffix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX);

    private Explaining(Connection connection, Catalog catalog) {
        this.connection = connection;
        this.catalog = catalog;
    }

    /**
     * Plans all statements but those that only read and of which a part is not known.
     *
     * @param connection of a role that may make roles and grant rights on every table: a superuser's, or the owner's if it may create roles. Must not
     *     be in a transaction
     * @param tables of each feature
     * @param featureOf says whose code a place is, null for nobody's
     * @throws IllegalStateException if the connection's role may not make roles
     */
    public static List<Explained> of(
            Connection connection,
            Catalog catalog,
            List<SqlText> texts,
            Map<String, Set<String>> tables,
            Function<Place, @Nullable String> featureOf)
            throws SQLException {
        var explaining = new Explaining(connection, catalog);
        boolean isAutomatic = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            explaining.makeRoles(tables);
            var explained = new ArrayList<Explained>();
            for (var text : texts) {
                if (explaining.isReadWithHoles(text.text())) {
                    continue;
                }
                for (var statement : Placeholders.in(text.text())) {
                    if (PLANNABLE.matcher(statement.text()).matches()) {
                        explained.add(explaining.explain(text, statement, featureOf.apply(text.place())));
                    }
                }
            }
            return explained;
        } finally {
            connection.rollback();
            connection.setAutoCommit(isAutomatic);
        }
    }

    /** What stands in its holes is not known, so there is nothing to plan; that it writes nothing is. */
    private boolean isReadWithHoles(String text) {
        if (text.chars().noneMatch(Holes::isHole)) {
            return false;
        }
        var read = statements.sql(text);
        return read.writes().isEmpty() && read.unreadable().isEmpty();
    }

    private void makeRoles(Map<String, Set<String>> tables) throws SQLException {
        var owned = new HashSet<String>();
        tables.values().forEach(owned::addAll);
        try {
            for (var feature : tables.keySet().stream().sorted().toList()) {
                var role = "strangler_law_" + roles.size() + "_" + suffix;
                run("create role " + role);
                roles.put(feature, role);
                for (var schema : schemas()) {
                    run("grant usage on schema %s to %s".formatted(schema, role));
                    run("grant select on all tables in schema %s to %s".formatted(schema, role));
                    run("grant usage, select, update on all sequences in schema %s to %s".formatted(schema, role));
                }
                for (var table : catalog.tables()) {
                    // Whose it is is another law's question where it is nobody's.
                    if (tables.getOrDefault(feature, Set.of()).contains(table.root())
                            || !owned.contains(table.root()) && !table.name().startsWith("strangler.")) {
                        run("grant insert, update, delete on %s to %s".formatted(quoted(table.name()), role));
                    }
                }
                for (var view : catalog.views()) {
                    if (!view.name().startsWith("strangler.")) {
                        run("grant insert, update, delete on %s to %s".formatted(quoted(view.name()), role));
                    }
                }
                // So that a role that is no superuser may become it.
                run("grant %s to current_user".formatted(role));
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(
                    "The statements can't be asked about under the rights of their features: "
                            + refused.getMessage()
                            + ". Connect as a superuser of a scratch database, or as the owner of its tables with createrole.",
                    refused);
        }
    }

    private Set<String> schemas() {
        var schemas = new HashSet<String>();
        for (var table : catalog.tables()) {
            int dot = table.name().indexOf('.');
            schemas.add(dot < 0 ? "public" : quoted(table.name().substring(0, dot)));
        }
        return schemas;
    }

    private Explained explain(SqlText origin, Statement statement, @Nullable String feature) throws SQLException {
        var text = new SqlText(origin.place(), statement.text(), origin.isScript());
        String refused = null;
        var role = feature == null ? null : roles.get(feature);
        Set<SqlWrite> writes;
        try {
            writes = plan(statement);
        } catch (SQLException unplanned) {
            return new Explained(text, feature, Set.of(), null, unplanned.getMessage());
        }
        if (role != null && !text.isScript()) {
            run("set local role " + role);
            try {
                plan(statement);
            } catch (SQLException failed) {
                refused = NO_RIGHT.equals(failed.getSQLState()) ? failed.getMessage() : null;
            }
            run("reset role");
        }
        return new Explained(text, feature, writes, refused, null);
    }

    /** A parameter whose type nothing tells is asked about as a null. */
    private Set<SqlWrite> plan(Statement statement) throws SQLException {
        try {
            return planned(statement.text(), statement.parameters());
        } catch (SQLException failed) {
            if (UNKNOWN_TYPE.equals(failed.getSQLState())) {
                return planned(statement.withNulls(), 0);
            }
            throw failed;
        }
    }

    private Set<SqlWrite> planned(String statement, int parameters) throws SQLException {
        var before = connection.setSavepoint();
        try (var explain = connection.prepareStatement(EXPLAIN + statement)) {
            for (int i = 1; i <= parameters; i++) {
                explain.setNull(i, Types.NULL);
            }
            var plan = new StringBuilder();
            try (var rows = explain.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1));
                }
            }
            return ReadingPlan.writes(plan.toString(), catalog);
        } finally {
            connection.rollback(before);
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A name of the catalog as SQL takes it. */
    private static String quoted(String name) {
        int dot = name.indexOf('.');
        return Optional.of(dot)
                        .filter(at -> at >= 0)
                        .map(at -> '"' + name.substring(0, at).replace("\"", "\"\"") + "\".")
                        .orElse("")
                + '"'
                + name.substring(dot + 1).replace("\"", "\"\"")
                + '"';
    }
}
