package dev.strangler.sandbox;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database and the role that owns it. In tests that role may also create roles and replicate.
 *
 * @param name     the database
 * @param host     always 127.0.0.1
 * @param port     the server's port
 * @param username the owner
 * @param password the owner's password
 */
public record Database(String name, String host, int port, String username, String password) {

    static final String APPLIER = "_applier";
    static final String VERIFIER = "_verifier";

    /** The role without login that the owner may become to write down what another owner has decided. */
    public String applier() {
        return name + APPLIER;
    }

    /** The role, and its password, that may look at what it is granted and change nothing. */
    public String verifier() {
        return name + VERIFIER;
    }

    /** The JDBC URL without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%s/%s".formatted(host, port, name);
    }

    /** Connections of the owner; not pooled. */
    public DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser(username);
        source.setPassword(password);
        return source;
    }
}
