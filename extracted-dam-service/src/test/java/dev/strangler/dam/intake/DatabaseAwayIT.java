package dev.strangler.dam.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.dam.RunningDam;
import dev.strangler.media.Picture;
import dev.strangler.sandbox.BreaksInfrastructure;
import dev.strangler.sandbox.Infrastructure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service while its database is killed, and after. */
@BreaksInfrastructure
class DatabaseAwayIT extends RunningDam {

    @Test
    @Timeout(120)
    void reads_are_refused_in_time_and_events_are_caught_up_by_themselves(Infrastructure infrastructure) {
        var before = Picture.at(SOURCE, "before.png");
        hear(before);
        awaitShown(before);

        infrastructure.postgresServer().kill();
        var during = Picture.at(SOURCE, "during.png");
        hear(during, before.tagged("during"));
        long asked = System.nanoTime();
        var answer = get("/api/assets/" + before.id());
        var waited = Duration.ofNanos(System.nanoTime() - asked);
        infrastructure.postgresServer().start();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(answer).get("type").asString()).isEqualTo("urn:strangler:problem:unavailable");
        assertThat(waited).isLessThan(Duration.ofSeconds(15));
        awaitShown(during, before.tagged("during"));
    }
}
