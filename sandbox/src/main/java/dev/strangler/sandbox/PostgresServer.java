package dev.strangler.sandbox;

import java.sql.SQLException;
import java.util.Collection;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL with logical decoding on, durable (fsync), reachable over loopback only, roles by password. */
public interface PostgresServer extends Part {

    /** The port on 127.0.0.1. */
    int port();

    /** The JDBC URL of a database of this server, without credentials. */
    default String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%s/%s".formatted(Superuser.HOST, port(), database);
    }

    /** The superuser's name. */
    default String superuser() {
        return Superuser.NAME;
    }

    /** The superuser's password; the server listens on loopback only. */
    default String superuserPassword() {
        return Superuser.PASSWORD;
    }

    /** Connections of the superuser to the database {@code postgres}; not pooled. */
    default DataSource administrator() {
        return dataSource("postgres", Superuser.NAME, Superuser.PASSWORD);
    }

    /** Connections to a database of this server; not pooled. */
    default DataSource dataSource(String database, String username, String password) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {Superuser.HOST});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(username);
        source.setPassword(password);
        source.setConnectTimeout(10);
        return source;
    }

    /** Creates the database and the role that owns it, where they are missing; the password is set in any case. */
    default void createDatabase(String name, String owner, String password) {
        new Databases(administrator()).create(name, owner, password);
    }

    /**
     * Creates the role {@code <database>_applier}, where it is missing: it cannot log in, but the owner may become it to write down what another
     * owner has decided, while a fence keeps everybody else out. The owner may see who is at work in the server, since a fence has to wait for
     * those.
     */
    default void createApplierRole(String database, String owner) {
        new Databases(administrator()).createApplier(database + Database.APPLIER, owner);
    }

    /**
     * Creates a role that may log in and look, where it is missing; the password is set in any case. What it may read is granted by whoever owns
     * the tables; it may see who is at work in the server, since a comparison has to wait for those.
     */
    default void createVerifierRole(String name, String password) {
        new Databases(administrator()).createVerifier(name, password);
    }

    /** Lets these roles into the database, and nobody else but superusers. */
    default void closeDatabase(String name, Collection<String> roles) {
        new Databases(administrator()).closeTo(name, roles);
    }

    /**
     * Creates a role that may log in and replicate, where it is missing; the password is set in any case. What it may
     * read is granted by whoever owns the tables.
     */
    default void createReplicationRole(String name, String password) {
        new Databases(administrator()).createRole(name, password, "replication");
    }

    /** Whether it lets the superuser in and answers a question at this moment. */
    default boolean answers() {
        try (var connection = administrator().getConnection();
                var statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException notYet) {
            return false;
        }
    }
}
