package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Restarts restarts = new Restarts(new BackOff(FIRST, LONGEST, new Random(1)));

    @Test
    void failures_one_after_another_make_longer_pauses() {
        Duration pause = Duration.ZERO;
        for (int failure = 0; failure < 8; failure++) {
            pause = restarts.after(Duration.ZERO);
        }

        assertThat(pause).isBetween(LONGEST.dividedBy(2), LONGEST);
    }

    @Test
    void a_failure_after_a_good_time_is_a_first_one() {
        for (int failure = 0; failure < 8; failure++) {
            restarts.after(Duration.ZERO);
        }

        assertThat(restarts.after(Duration.ofHours(1))).isLessThanOrEqualTo(FIRST);
    }
}
