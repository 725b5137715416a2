package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an assessment makes of a database that it is given. */
@WithInfrastructure
class AssessCommandIT {

    @TempDir
    Path directory;

    private CommandLines strangler;
    private String code;
    private String out;

    @BeforeEach
    void haveCode() throws IOException {
        strangler = new CommandLines(directory);
        out = directory.resolve("report").toString();
        code = directory.resolve("code").toString();
        var type = "dev/strangler/cli/Version.class";
        var target = Files.createDirectories(directory.resolve("code/dev/strangler/cli"))
                .resolve("Version.class");
        try (var file = AssessCommandIT.class.getClassLoader().getResourceAsStream(type)) {
            Files.write(target, Objects.requireNonNull(file).readAllBytes());
        }
    }

    @Test
    void what_the_database_writes_by_itself_is_in_the_report(Infrastructure infrastructure)
            throws IOException, SQLException {
        var database = infrastructure.database();
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                create table pets (id int primary key);
                create table visits (pet int references pets on delete cascade)
                """);
        }
        strangler.environment.put("PGPASSWORD", database.password());
        var url = database.jdbcUrl() + "?user=" + database.username();
        assertThat(strangler.run("assess", code, "--out", out, "--json", "--database", url))
                .as(strangler.err())
                .isEqualTo(0);
        var told = strangler.json().path("assessment").path("hidden");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).path("told").asString()).contains("a change of pets writes visits (on delete cascade)");
        assertThat(Files.readString(directory.resolve("report/index.html")))
                .contains("What the database writes by itself", "a change of pets writes visits");
    }

    @Test
    void a_server_that_lets_nobody_in_ends_with_4_and_what_to_do() throws IOException {
        int unused;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        assertThat(strangler.run("assess", code, "--out", out, "--database", address(unused)))
                .isEqualTo(4);
        assertThat(strangler.err()).contains("can't be asked", "Check that it runs", "or leave it out");
        assertThat(directory.resolve("report")).doesNotExist();
    }

    @Test
    void a_server_that_never_answers_is_waited_for_no_longer_than_said() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var database = new MigratedDatabase(address(silent.getLocalPort()), null, Duration.ofSeconds(1));
            assertThatThrownBy(database::catalog)
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
                    .hasMessageContaining("It has 1 s to answer");
        }
    }

    private static String address(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/shop?user=shop&sslmode=disable";
    }
}
