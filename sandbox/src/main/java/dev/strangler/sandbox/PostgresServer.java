package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL with logical decoding on, durable (fsync), reachable over loopback only, roles by password. */
public final class PostgresServer extends ChildPart {

    static final String SUPERUSER = "postgres";
    static final String SUPERUSER_PASSWORD = "postgres";
    private static final String HOST = "127.0.0.1";
    private static final Duration UNTIL_READY = Duration.ofMinutes(1);
    private static final Duration UNTIL_INITIALISED = Duration.ofMinutes(2);

    private final Supplier<Account> accounts;
    private final int port;

    PostgresServer(Path directory, int port) {
        this(directory, port, Account::forPostgres);
    }

    PostgresServer(Path directory, int port, Supplier<Account> accounts) {
        super("postgres", directory);
        this.accounts = accounts;
        this.port = port;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The JDBC URL of a database of this server, without credentials. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
    }

    /** The superuser's name. */
    public String superuser() {
        return SUPERUSER;
    }

    /** The superuser's password; the server listens on loopback only. */
    public String superuserPassword() {
        return SUPERUSER_PASSWORD;
    }

    /** Connections of the superuser to the database {@code postgres}; not pooled. */
    public DataSource administrator() {
        return dataSource("postgres", SUPERUSER, SUPERUSER_PASSWORD);
    }

    /** Connections to a database of this server; not pooled. */
    public DataSource dataSource(String database, String username, String password) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(username);
        source.setPassword(password);
        source.setConnectTimeout(10);
        return source;
    }

    /** Creates the database and the role that owns it, where they are missing; the password is set in any case. */
    public void createDatabase(String name, String owner, String password) {
        new Databases(administrator()).create(name, owner, password);
    }

    /**
     * Creates the role {@code <database>_applier}, where it is missing: it cannot log in, but the owner may become it to write down what another
     * owner has decided, while a fence keeps everybody else out.
     */
    public void createApplierRole(String database, String owner) {
        new Databases(administrator()).createApplier(database + Database.APPLIER, owner);
    }

    /**
     * Creates a role that may log in and look, where it is missing; the password is set in any case. What it may read is granted by whoever owns
     * the tables; it may see who is at work in the server, since a comparison has to wait for those.
     */
    public void createVerifierRole(String name, String password) {
        new Databases(administrator()).createVerifier(name, password);
    }

    /** Lets these roles into the database, and nobody else but superusers. */
    public void closeDatabase(String name, Collection<String> roles) {
        new Databases(administrator()).closeTo(name, roles);
    }

    /**
     * Creates a role that may log in and replicate, where it is missing; the password is set in any case. What it may
     * read is granted by whoever owns the tables.
     */
    public void createReplicationRole(String name, String password) {
        new Databases(administrator()).createRole(name, password, "replication");
    }

    @Override
    String stopSignal() {
        // The fast shutdown: TERM would wait until the last client has gone.
        return "INT";
    }

    @Override
    void launch() {
        process().requireStopped();
        var account = accounts.get();
        var programs = programs(account);
        new Orphans(data()).end();
        PortOwner.requireFree(name(), port);
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialise(programs, account);
        }
        writeConfiguration();
        account.own(data());
        var command = account.command(List.of(programs.resolve("bin/postgres").toString(), "-D", data().toString()));
        process().launch(command, Map.of("LC_ALL", "C", "TZ", "UTC"), directory());
    }

    @Override
    void awaitReady() {
        process().await(UNTIL_READY, this::answers);
    }

    private boolean answers() {
        try (var connection = administrator().getConnection();
                var statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Under an account that cannot look into this user's home, the programs lie in the sandbox too. */
    private Path programs(Account account) {
        if (account != Account.NOBODY) {
            return PostgresBinaries.unpacked(Unpacked.ofThisUser());
        }
        try {
            Files.createDirectories(directory());
        } catch (IOException e) {
            throw new SandboxException("Cannot create %s: %s".formatted(directory(), e), e);
        }
        if (!account.enters(directory())) {
            throw new SandboxException(
                    "Cannot start postgres: as root it must run as the account nobody here, which may not enter %s. Choose a directory that everybody may enter, or run as an ordinary user."
                            .formatted(directory()));
        }
        return PostgresBinaries.unpacked(new Unpacked(directory().resolve("programs")));
    }

    /** Initialised beside its final place: a killed initdb leaves no half directory that would pass for data. */
    private void initialise(Path programs, Account account) {
        var half = data().resolveSibling("postgres.half");
        Directories.delete(half);
        try {
            Files.createDirectories(half);
            var password = directory().resolve("postgres.password");
            Files.writeString(password, SUPERUSER_PASSWORD);
            account.own(half);
            account.own(password);
            var command = account.command(List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    half.toString(),
                    "-U",
                    SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "--no-instructions"));
            process().prepare(command, Map.of("LC_ALL", "C"), UNTIL_INITIALISED);
            Files.delete(password);
            Files.move(half, data());
        } catch (IOException e) {
            throw new SandboxException("Cannot initialise PostgreSQL in %s: %s".formatted(data(), e), e);
        }
    }

    private void writeConfiguration() {
        try {
            Files.writeString(data().resolve("postgresql.conf"), PostgresSettings.of(port));
            Files.setPosixFilePermissions(
                    data().resolve("postgresql.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new SandboxException("Cannot write the configuration in %s: %s".formatted(data(), e), e);
        }
    }
}
