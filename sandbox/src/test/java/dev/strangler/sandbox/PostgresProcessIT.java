package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PostgresProcessIT {

    @Test
    void root_without_user_namespaces_runs_it_as_nobody(@TempDir(factory = InTarget.class) Path directory)
            throws SQLException {
        assumeTrue(System.getProperty("user.name").equals("root"), "an ordinary user needs no other account");
        assumeTrue(Account.NOBODY.enters(directory), "everybody may enter the directory");
        var server = new PostgresProcess(directory, ReservedPorts.next(), () -> Account.NOBODY);
        try {
            server.start();
            try (var connection = server.administrator().getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(ProcessHandle.of(server.pid()).orElseThrow().info().user())
                    .hasValueSatisfying(user -> assertThat(user).isNotEqualTo("root"));
        } finally {
            server.kill();
        }
    }

    @Test
    void a_wrong_password_is_refused_and_a_damaged_data_directory_is_said(@TempDir Path directory)
            throws SQLException, IOException {
        var server = new PostgresProcess(directory, ReservedPorts.next());
        try {
            server.start();
            server.createDatabase("shop", "shop", "it's secret");
            server.createApplierRole("shop", "shop");
            server.createApplierRole("shop", "shop");
            try (var connection =
                            server.dataSource("shop", "shop", "it's secret").getConnection();
                    var statement = connection.createStatement()) {
                assertThat(connection.isValid(5)).isTrue();
                statement.execute("set role shop_applier");
            }
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("shop"), "shop", "guessed"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> server.createDatabase("shop; drop table x", "shop", "x"))
                    .hasMessageContaining("cannot name a database");
        } finally {
            server.stop();
        }

        Files.writeString(server.data().resolve("PG_VERSION"), "9\n");
        assertThatThrownBy(server::start)
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll("postgres died", "not compatible");
    }
}
