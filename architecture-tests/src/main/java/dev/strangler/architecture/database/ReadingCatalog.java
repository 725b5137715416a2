package dev.strangler.architecture.database;

import dev.strangler.architecture.database.Catalog.FencedFeature;
import dev.strangler.architecture.database.Catalog.ForeignKey;
import dev.strangler.architecture.database.Catalog.Grant;
import dev.strangler.architecture.database.Catalog.Role;
import dev.strangler.architecture.database.Catalog.Routine;
import dev.strangler.architecture.database.Catalog.Rule;
import dev.strangler.architecture.database.Catalog.Table;
import dev.strangler.architecture.database.Catalog.Trigger;
import dev.strangler.architecture.database.Catalog.View;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the system catalog, one question for each kind of thing. */
final class ReadingCatalog {

    /** Functions that take {@code generic_plan}, and roles whose membership has options. */
    private static final int OLDEST = 160_000;

    private final Connection connection;

    ReadingCatalog(Connection connection) {
        this.connection = connection;
    }

    Catalog read() throws SQLException {
        requireVersion();
        boolean hasKit = hasKit();
        boolean hasOutbox = !ask("select 1 where to_regclass('strangler.outbox') is not null", row -> "")
                .isEmpty();
        return new Catalog(
                ask("select current_database()", row -> row.getString(1)).get(0),
                ask(CatalogQueries.TABLES, row -> new Table(row.getString(1), row.getString(2), row.getString(3))),
                ask(CatalogQueries.KEYS, ReadingCatalog::key),
                ask(CatalogQueries.TRIGGERS, ReadingCatalog::trigger),
                ask(CatalogQueries.RULES, row -> new Rule(row.getString(1), row.getString(2), row.getString(3))),
                ask(CatalogQueries.VIEWS, ReadingCatalog::view),
                ask(CatalogQueries.ROUTINES, ReadingCatalog::routine),
                ask(CatalogQueries.ROLES, ReadingCatalog::role),
                ask(
                        CatalogQueries.GRANTS,
                        row -> new Grant(row.getString(1), row.getString(2), row.getString(3), texts(row, 4))),
                hasKit
                        ? ask(
                                CatalogQueries.FENCES,
                                row -> new FencedFeature(row.getString(1), Set.copyOf(texts(row, 2)), row.getString(3)))
                        : List.of(),
                hasOutbox);
    }

    private boolean hasKit() throws SQLException {
        var mayRead = ask(CatalogQueries.MAY_READ_FENCES, row -> row.getBoolean(1));
        if (mayRead.contains(false)) {
            throw new IllegalStateException(
                    "This role may not read strangler.fence, so it can't be told what is fenced. Connect as the owner of the tables, or as a superuser.");
        }
        return !mayRead.isEmpty();
    }

    private void requireVersion() throws SQLException {
        var product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            throw new IllegalStateException(
                    "This is %s, but only PostgreSQL's catalog is read. Connect to a PostgreSQL database."
                            .formatted(product));
        }
        int version = ask("select current_setting('server_version_num')::int", row -> row.getInt(1))
                .get(0);
        if (version < OLDEST) {
            throw new IllegalStateException(
                    "This is PostgreSQL %d, at least 16 is needed to ask about roles and plans. Migrate a scratch database of a newer one and judge that."
                            .formatted(version / 10_000));
        }
    }

    private static ForeignKey key(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4).charAt(0),
                row.getString(5).charAt(0));
    }

    /** The bits of {@code tgtype} as in PostgreSQL's {@code pg_trigger.h}. */
    private static Trigger trigger(ResultSet row) throws SQLException {
        int type = row.getInt(5);
        var events = new TreeSet<String>();
        if ((type & 4) != 0) {
            events.add("INSERT");
        }
        if ((type & 8) != 0) {
            events.add("DELETE");
        }
        if ((type & 16) != 0) {
            events.add("UPDATE");
        }
        if ((type & 32) != 0) {
            events.add("TRUNCATE");
        }
        return new Trigger(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4).charAt(0),
                (type & 1) == 0,
                events);
    }

    private static View view(ResultSet row) throws SQLException {
        return new View(row.getString(1), row.getString(2), texts(row, 3), row.getBoolean(4), row.getBoolean(5));
    }

    private static Routine routine(ResultSet row) throws SQLException {
        return new Routine(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4), texts(row, 5));
    }

    private static Role role(ResultSet row) throws SQLException {
        return new Role(
                row.getString(1), row.getBoolean(2), Set.copyOf(texts(row, 3)), row.getBoolean(4), row.getBoolean(5));
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> ask(String question, Reading<T> reading) throws SQLException {
        var answers = new ArrayList<T>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            while (rows.next()) {
                answers.add(reading.of(rows));
            }
        }
        return answers;
    }
}
