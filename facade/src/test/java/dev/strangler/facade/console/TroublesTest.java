package dev.strangler.facade.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.facade.console.Flow.Hop;
import dev.strangler.facade.console.Rail.Mark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What a hop that works again tells of its last error. */
class TroublesTest {

    private static final Hop WORKS = new Hop("topic", "assets.v1", Mark.DONE, "", "", "");
    private static final Hop AWAY = new Hop("topic", "assets.v1", Mark.BAD, "", "", "broker away");

    private Instant now = Samples.NOW;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Troubles troubles = new Troubles(clock, new Show(clock));

    @Test
    void an_error_is_told_of_with_its_age_once_it_is_over() {
        assertThat(troubles.remembered("assets monolith", WORKS).last()).isEqualTo("no error seen yet");
        assertThat(troubles.remembered("assets monolith", AWAY).last()).isEmpty();
        now = now.plus(Duration.ofMinutes(4));
        assertThat(troubles.remembered("assets monolith", WORKS).last()).isEqualTo("last error 4 min ago: broker away");
    }

    @Test
    void another_flow_and_another_hop_have_errors_of_their_own() {
        troubles.remembered("assets monolith", AWAY);
        assertThat(troubles.remembered("products monolith", WORKS).last()).isEqualTo("no error seen yet");
        assertThat(troubles.remembered("assets monolith", new Hop("copy", "dam", Mark.DONE, "", "", ""))
                        .last())
                .isEqualTo("no error seen yet");
    }

    @Test
    void pages_show_it() throws Exception {
        assertThat(RenderedPages.render("parts :: flow", Models.flow(), "part-flow"))
                .contains("last error 4 min ago: broker away &lt;script&gt;");
    }
}
