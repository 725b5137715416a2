package dev.strangler.sandbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Databases and roles of one server, made where they are missing. */
final class Databases {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final DataSource administrator;

    Databases(DataSource administrator) {
        this.administrator = administrator;
    }

    void create(String name, String owner, String password) {
        requireName(name);
        createRole(owner, password, "");
        execute("create database " + name, (connection, statement) -> {
            if (!exists(connection, "select from pg_database where datname = ?", name)) {
                statement.execute("create database " + name + " owner " + owner);
            }
        });
    }

    /**
     * Only these roles may enter the database from now on, and make no temporary tables there. What they may do inside is granted by whoever
     * owns the tables.
     */
    void closeTo(String name, Collection<String> roles) {
        requireName(name);
        roles.forEach(Databases::requireName);
        execute("close database " + name, (connection, statement) -> {
            statement.execute("revoke connect, temporary on database %s from public".formatted(name));
            statement.execute("grant connect on database %s to %s".formatted(name, String.join(", ", roles)));
        });
    }

    /** A role that may log in and look, never change anything: at tables that it is granted, and at who is at work in the server. */
    void createVerifier(String name, String password) {
        createRole(name, password, "");
        execute("create role " + name, (connection, statement) -> {
            statement.execute("alter role %s set default_transaction_read_only = on".formatted(name));
            statement.execute("grant pg_read_all_stats to " + name);
        });
    }

    /** A role without login of its own, which {@code member} may become; that one may see who is at work in the server. */
    void createApplier(String name, String member) {
        requireName(name);
        requireName(member);
        execute("create role " + name, (connection, statement) -> {
            if (!exists(connection, "select from pg_roles where rolname = ?", name)) {
                statement.execute("create role " + name + " nologin");
            }
            statement.execute("grant %s, pg_read_all_stats to %s".formatted(name, member));
        });
    }

    /** {@code attributes} as {@code create role} takes them, e.g. {@code replication}. */
    void createRole(String name, String password, String attributes) {
        requireName(name);
        execute("create role " + name, (connection, statement) -> {
            var verb = exists(connection, "select from pg_roles where rolname = ?", name) ? "alter" : "create";
            statement.execute(
                    "%s role %s login %s password '%s'".formatted(verb, name, attributes, password.replace("'", "''")));
        });
    }

    private interface Work {
        void run(Connection connection, Statement statement) throws SQLException;
    }

    private void execute(String what, Work work) {
        try (var connection = administrator.getConnection();
                var statement = connection.createStatement()) {
            work.run(connection, statement);
        } catch (SQLException e) {
            throw new SandboxException("Cannot %s: %s".formatted(what, e.getMessage()), e);
        }
    }

    private static boolean exists(Connection connection, String question, String name) throws SQLException {
        try (var query = connection.prepareStatement(question)) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SandboxException(
                    "'%s' cannot name a database or role here: allowed are at most 63 of a-z, 0-9 and _, a letter first."
                            .formatted(name));
        }
    }
}
