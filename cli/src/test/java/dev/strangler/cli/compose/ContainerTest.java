package dev.strangler.cli.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.up.PartState;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ContainerTest {

    private static final String FACADE = """
            {"Id": "4f", "State": {"Running": %s, "Pid": %d, "Health": {"Status": "%s"}},
             "HostConfig": {"PortBindings": {"8081/tcp": [{"HostIp": "127.0.0.1", "HostPort": "20001"}],
                                             "8080/tcp": [{"HostIp": "127.0.0.1", "HostPort": "20000"}]}},
             "Config": {"Labels": {"com.docker.compose.service": "facade"}, "Env": ["STRANGLER_TOKEN=a=b", "PATH=/bin"]}}
            """;

    private static Container of(String told) {
        return Container.of(new JsonMapper().readTree(told));
    }

    @Test
    void a_healthy_container_is_ready_and_reached_where_its_lowest_port_is_published() {
        assertThat(of(FACADE.formatted("true", 12, "healthy")).state())
                .isEqualTo(new PartState("facade", "ready", 12L, 20_000, "http://127.0.0.1:20000"));
    }

    @Test
    void one_that_is_still_starting_runs_and_is_not_ready() {
        assertThat(of(FACADE.formatted("true", 12, "starting")).state().state()).isEqualTo("not ready");
    }

    /** The engine keeps the last verdict of a health check after the end. */
    @Test
    void one_that_was_killed_has_ended_whatever_its_last_health_was_and_its_addresses_stay_known() {
        var killed = of(FACADE.formatted("false", 0, "healthy"));
        assertThat(killed.state())
                .isEqualTo(new PartState("facade", PartState.ENDED, null, 20_000, "http://127.0.0.1:20000"));
        assertThat(killed.isHealthy()).isFalse();
    }

    @Test
    void a_token_may_hold_the_sign_that_ends_a_name() {
        assertThat(of(FACADE.formatted("true", 12, "healthy")).environment()).containsEntry("STRANGLER_TOKEN", "a=b");
    }

    @Test
    void a_database_that_is_not_published_has_no_address_and_needs_no_health_check() {
        var database = of("""
                {"Id": "5a", "State": {"Running": true, "Pid": 9}, "HostConfig": {"PortBindings": null},
                 "Config": {"Labels": {"com.docker.compose.service": "postgres-dam"}, "Env": null}}
                """);
        assertThat(database.state()).isEqualTo(new PartState("postgres-dam", "ready", 9L, 0, ""));
    }
}
