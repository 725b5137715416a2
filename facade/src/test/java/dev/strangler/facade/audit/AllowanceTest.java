package dev.strangler.facade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private Instant now = Instant.parse("2026-12-01T08:00:00Z");
    private final Allowance allowance = new Allowance(2, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void it_is_taken_so_many_times_within_a_minute_and_no_more() {
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.isSpent()).isFalse();
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.isSpent()).isTrue();
        assertThat(allowance.take()).isFalse();
    }

    @Test
    void what_was_taken_comes_back_after_a_minute_each_by_itself() {
        allowance.take();
        now = now.plus(Duration.ofSeconds(40));
        allowance.take();
        now = now.plus(Duration.ofSeconds(21));
        assertThat(allowance.isSpent()).isFalse();
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isFalse();
    }
}
