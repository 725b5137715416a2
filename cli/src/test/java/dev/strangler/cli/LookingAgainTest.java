package dev.strangler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LookingAgainTest {

    private static final JsonNode SEEN = new JsonMapper().readTree("{\"outcome\": \"DONE\"}");

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void a_facade_that_is_started_again_meanwhile_is_asked_again() {
        var looking = new LookingAgain(Duration.ofSeconds(30), "op-1");
        assertThat(looking.look(() -> failing(looks.incrementAndGet() < 3, ExitCode.UNREACHABLE)))
                .isEqualTo(SEEN);
        assertThat(looks).hasValue(3);
    }

    /** It has begun: 4 would say that nothing was changed. */
    @Test
    void what_cannot_be_seen_any_more_is_left_in_doubt() {
        var looking = new LookingAgain(Duration.ofMillis(1), "op-1");
        assertThatThrownBy(() -> looking.look(() -> failing(true, ExitCode.UNREACHABLE)))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.UNKNOWN))
                .hasMessageContaining("op-1 has begun");
    }

    @Test
    void what_is_refused_is_not_asked_again() {
        var looking = new LookingAgain(Duration.ofSeconds(30), "op-1");
        assertThatThrownBy(() -> looking.look(() -> failing(looks.incrementAndGet() < 3, ExitCode.USAGE)))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThat(looks).hasValue(1);
    }

    private static JsonNode failing(boolean isFailing, ExitCode exitCode) {
        if (isFailing) {
            throw new CommandFailure(exitCode, "away");
        }
        return SEEN;
    }
}
