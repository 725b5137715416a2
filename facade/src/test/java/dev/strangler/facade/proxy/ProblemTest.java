package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProblemTest {

    @Test
    void a_problem_is_json_whatever_the_path() {
        var problem = new JsonMapper().readTree(Problem.sideDown("dam").json("/a\"b\\c\u0007é\u0085"));
        assertThat(problem.path("type").asString()).isEqualTo("urn:strangler:problem:side-down");
        assertThat(problem.path("title").asString()).isEqualTo("Side down");
        assertThat(problem.path("status").asInt()).isEqualTo(502);
        assertThat(problem.path("side").asString()).isEqualTo("dam");
        assertThat(problem.path("instance").asString()).isEqualTo("/a\"b\\c\u0007é\u0085");
        assertThat(problem.path("detail").asString()).contains("Idempotency-Key");
    }
}
