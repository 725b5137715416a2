package dev.strangler.cli;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A monolith's database, which is asked what it is made of, in a session that may only read. */
final class MigratedDatabase {

    private static final String FORM = "jdbc:postgresql://HOST:PORT/NAME?user=NAME";

    private final String url;
    private final @Nullable String password;
    private final Duration patience;

    /**
     * Connects to nothing yet.
     *
     * @param password null where the URL or the server's settings do without
     * @param patience how long the server may take until it has let us in, and for each answer then; whole seconds. The URL's
     *     own {@code loginTimeout} and {@code socketTimeout} count more
     * @throws CommandFailure {@link ExitCode#USAGE} if the URL is not one of PostgreSQL; it is not repeated, since it may hold a password
     */
    MigratedDatabase(String url, @Nullable String password, Duration patience) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "What --database names is no address of PostgreSQL, and no other database can be asked. Say"
                            + " --database '"
                            + FORM + "', with the password in PGPASSWORD; or leave it out.");
        }
        this.url = url;
        this.password = password;
        this.patience = patience;
    }

    /**
     * What it says of itself.
     *
     * @throws CommandFailure {@link ExitCode#UNREACHABLE} if it doesn't answer in time, lets nobody in or fails; {@link ExitCode#USAGE} if it is
     *     too old to be asked
     */
    Catalog catalog() {
        try (var connection = DriverManager.getConnection(url, login())) {
            connection.setReadOnly(true);
            return Catalog.of(connection);
        } catch (SQLException away) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    ("The database of --database can't be asked: %s It has %d s to answer. Check that it runs and lets"
                                    + " this user in, and say --database '%s', with the password in PGPASSWORD; or leave it out.")
                            .formatted(sentence(away), patience.toSeconds(), FORM),
                    away);
        } catch (IllegalStateException unfit) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(unfit.getMessage()), unfit);
        }
    }

    private Properties login() {
        var login = new Properties();
        if (password != null) {
            login.setProperty("password", password);
        }
        login.setProperty("loginTimeout", String.valueOf(patience.toSeconds()));
        login.setProperty("socketTimeout", String.valueOf(patience.toSeconds()));
        login.setProperty("ApplicationName", "strangler assess");
        return login;
    }

    private static String sentence(SQLException failure) {
        var message = String.valueOf(failure.getMessage()).strip();
        return message.endsWith(".") ? message : message + ".";
    }
}
