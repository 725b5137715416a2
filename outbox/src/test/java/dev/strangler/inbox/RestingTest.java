package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestingTest {

    private static final AggregateKey KEY = new AggregateKey("Asset", "a");
    private static final AggregateKey OTHER = new AggregateKey("Asset", "b");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Resting resting =
            new Resting(new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(60), new Random(1)));

    @Test
    void a_key_rests_for_a_while_and_others_do_not() {
        resting.add(KEY, 0);

        assertThat(resting.keys(SECOND / 2)).containsExactly(KEY).doesNotContain(OTHER);
        assertThat(resting.keys(3 * SECOND)).isEmpty();
    }

    @Test
    void the_more_often_a_key_comes_too_early_the_longer_it_rests() {
        for (int times = 0; times < 4; times++) {
            resting.add(KEY, 0);
        }

        assertThat(resting.keys(7 * SECOND)).containsExactly(KEY);
    }

    @Test
    void a_key_that_got_through_begins_anew() {
        for (int times = 0; times < 4; times++) {
            resting.add(KEY, 0);
        }
        resting.remove(KEY);
        resting.add(KEY, 0);

        assertThat(resting.keys(3 * SECOND)).isEmpty();
    }
}
