package dev.strangler.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The server as a child process, from the binaries of a Maven artefact. */
final class PostgresProcess extends ChildPart implements PostgresServer {

    private static final Duration UNTIL_READY = Duration.ofMinutes(1);
    private static final Duration UNTIL_INITIALISED = Duration.ofMinutes(2);

    private final Supplier<Account> accounts;
    private final int port;

    PostgresProcess(Path directory, int port) {
        this(directory, port, Account::forPostgres);
    }

    PostgresProcess(Path directory, int port, Supplier<Account> accounts) {
        super("postgres", directory);
        this.accounts = accounts;
        this.port = port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    String stopSignal() {
        // The fast shutdown: TERM would wait until the last client has gone.
        return "INT";
    }

    @Override
    public void launch() {
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
    public void awaitReady() {
        process().await(UNTIL_READY, this::answers);
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
            Files.writeString(password, Superuser.PASSWORD);
            account.own(half);
            account.own(password);
            var command = account.command(List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    half.toString(),
                    "-U",
                    Superuser.NAME,
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
