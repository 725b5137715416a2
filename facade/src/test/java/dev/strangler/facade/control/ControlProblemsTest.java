package dev.strangler.facade.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.sides.SideDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

class ControlProblemsTest {

    private final ControlProblems problems = new ControlProblems();

    /** Half of what was asked for may be done by then, and the control database is where it was. */
    @Test
    void a_side_whose_database_is_away_is_named_and_nothing_is_claimed_about_what_was_done() throws IOException {
        var map = FeatureMap.load(
                Path.of("..", "strangler.yml"),
                Map.of("DAM_DATABASE_URL", "jdbc:postgresql://127.0.0.1:%s/dam".formatted(portOfNobody())));
        try (var databases = new SideDatabases(map.services().values(), "test", 1, Duration.ofMillis(300))) {
            var dam = JdbcClient.create(databases.of("dam"));
            var away = catchThrowableOfType(
                    CannotGetJdbcConnectionException.class,
                    () -> dam.sql("select 1").query(Integer.class).single());
            var problem = problems.of(away);
            assertThat(problem.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE.value());
            assertThat(problem.getType().toString()).endsWith("side-database-away");
            assertThat(problem.getDetail()).contains("database of dam").doesNotContain("nothing was changed");
        }
    }

    @Test
    void any_other_database_is_the_control_database() {
        var problem = problems.of(new CannotGetJdbcConnectionException("away"));
        assertThat(problem.getType().toString()).endsWith("control-database-away");
        assertThat(problem.getDetail()).contains("control database", "nothing was changed");
    }

    private static int portOfNobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
