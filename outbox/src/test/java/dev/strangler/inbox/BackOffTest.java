package dev.strangler.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff =
            new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5), RandomGenerator.getDefault());

    @Test
    void pauses_double_up_to_the_longest_and_are_shortened_by_half_at_most() {
        for (int attempt = 1; attempt < 200; attempt++) {
            var wanted = Math.min(5000, 100 * Math.pow(2, attempt - 1));
            assertThat(backOff.after(attempt).toNanos() / 1e6).isBetween(wanted / 2 - 1, wanted + 1);
        }
    }

    @Test
    void pauses_differ_so_that_instances_do_not_come_back_all_at_once() {
        assertThat(java.util.stream.IntStream.range(0, 50)
                        .mapToObj(i -> backOff.after(10))
                        .distinct())
                .hasSizeGreaterThan(10);
    }
}
