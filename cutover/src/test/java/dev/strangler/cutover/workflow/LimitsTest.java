package dev.strangler.cutover.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Limits STANDARD = Limits.STANDARD;

    @Test
    void a_drain_does_not_outlast_the_gap_that_it_is_part_of() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        with(new Limits.Gap(Duration.ofSeconds(5), Duration.ofMillis(5_500), Duration.ofMillis(2))))
                .withMessage(
                        "gap.drain is 5500ms and longer than gap.whole, 5s: the drain is part of the gap. Lower the one or raise the other.");
    }

    @Test
    void a_gap_does_not_outlast_the_time_for_which_writes_are_held() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> with(new Limits.Gap(Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofMillis(2))))
                .withMessageContaining("gap.whole is 6s and longer than instances.hold, 5s");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(
                        STANDARD.instances(),
                        new Limits.Lock(Duration.ofMinutes(1), 0, Duration.ofMillis(-1)),
                        new Limits.Gap(Duration.ZERO, Duration.ofSeconds(3), Duration.ZERO),
                        STANDARD.afterwards(),
                        new Limits.Before(
                                Duration.ofSeconds(1),
                                -1,
                                Duration.ofDays(2),
                                Duration.ofHours(24),
                                Precedents.Policy.STANDARD)))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .contains(
                                "lock.patience is 1m, allowed are 1ms to 4s.",
                                "lock.attempts is 0, allowed are 1 to 20.",
                                "lock.back-off is -1ms, allowed are 0s to 5s.",
                                "gap.whole is 0s, allowed are 1ms to 1m.",
                                "gap.look is 0s, allowed are 1ns to 1s.",
                                "before.lag-records is -1, allowed are 0 to 1,000,000.",
                                "before.round-trip is 2d, allowed are 1ms to 30s."));
    }

    private static Limits with(Limits.Gap gap) {
        return new Limits(STANDARD.instances(), STANDARD.lock(), gap, STANDARD.afterwards(), STANDARD.before());
    }
}
