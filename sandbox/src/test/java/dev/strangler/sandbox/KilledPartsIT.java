package dev.strangler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a test may count on that kills a part, whichever form it runs in. */
@BreaksInfrastructure
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledPartsIT {

    @Test
    void a_killed_server_comes_back_with_what_was_committed_at_the_same_address(Infrastructure infrastructure)
            throws SQLException {
        var database = infrastructure.database();
        var server = infrastructure.postgresServer();
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table kept (name text)");
            statement.execute("insert into kept values ('committed')");
            assertThatThrownBy(server::launch)
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("already runs");
            server.kill();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> database.dataSource().getConnection()).isInstanceOf(SQLException.class);

        server.start();

        try (var connection = database.dataSource().getConnection();
                var row = connection.createStatement().executeQuery("select name from kept")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("committed");
        }
        assertThat(server.pid()).isPositive();
        assertThat(server.log()).isNotEmptyFile();
    }
}
