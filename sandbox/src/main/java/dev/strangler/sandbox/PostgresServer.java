package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL with logical decoding on, durable (fsync), reachable over loopback only, roles by password. */
public final class PostgresServer implements Part {

    static final String SUPERUSER = "postgres";
    static final String SUPERUSER_PASSWORD = "postgres";
    private static final String HOST = "127.0.0.1";
    private static final Duration UNTIL_READY = Duration.ofSeconds(60);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(30);
    private static final int SECONDS_TO_INITIALISE = 120;

    private final ChildProcess process;
    private final Path directory;
    private final int port;

    PostgresServer(Path directory, int port) {
        this.process = new ChildProcess("postgres", directory);
        this.directory = directory.toAbsolutePath().normalize();
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
     * Creates a role that may log in and replicate, where it is missing; the password is set in any case. What it may
     * read is granted by whoever owns the tables.
     */
    public void createReplicationRole(String name, String password) {
        new Databases(administrator()).createRole(name, password, "replication");
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.running().isPresent();
    }

    @Override
    public void start() {
        launch();
        awaitReady();
    }

    @Override
    public void stop() {
        // INT is the fast shutdown: TERM would wait until the last client has gone.
        process.stop("INT", UNTIL_STOPPED);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public Path log() {
        return process.log();
    }

    Path data() {
        return directory.resolve("data").resolve(process.name());
    }

    void launch() {
        process.requireStopped();
        var programs = PostgresBinaries.unpacked(Unpacked.ofThisUser());
        var account = Account.forPostgres();
        new Orphans(data()).end();
        PortOwner.requireFree(name(), port);
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialise(programs, account);
        }
        writeConfiguration();
        account.own(data());
        var command = new ArrayList<>(account.prefix());
        command.addAll(List.of(programs.resolve("bin/postgres").toString(), "-D", data().toString()));
        process.launch(command, Map.of("LC_ALL", "C", "TZ", "UTC"), directory);
    }

    void awaitReady() {
        process.await(UNTIL_READY, this::answers);
    }

    private boolean answers() {
        try (var connection = administrator().getConnection();
                var statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Initialised beside its final place: a killed initdb leaves no half directory that would pass for data. */
    private void initialise(Path programs, Account account) {
        var half = data().resolveSibling("postgres.half");
        Directories.delete(half);
        try {
            Files.createDirectories(half);
            var password = directory.resolve("postgres.password");
            Files.writeString(password, SUPERUSER_PASSWORD);
            account.own(half);
            account.own(password);
            var command = new ArrayList<>(account.prefix());
            command.addAll(List.of(
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
            run(command);
            Files.delete(password);
            Files.move(half, data());
        } catch (IOException e) {
            throw new SandboxException("Cannot initialise PostgreSQL in %s: %s".formatted(data(), e), e);
        }
    }

    private void run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("LC_ALL", "C");
        var initialising = builder.start();
        try {
            if (!initialising.waitFor(SECONDS_TO_INITIALISE, TimeUnit.SECONDS)) {
                initialising.destroyForcibly();
                throw new SandboxException("initdb did not end within %d s. The end of %s:%n%s"
                        .formatted(SECONDS_TO_INITIALISE, log(), process.logTail()));
            }
        } catch (InterruptedException e) {
            initialising.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while initialising PostgreSQL", e);
        }
        if (initialising.exitValue() != 0) {
            throw new SandboxException("initdb failed with code %d. The end of %s:%n%s"
                    .formatted(initialising.exitValue(), log(), process.logTail()));
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
