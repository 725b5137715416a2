package dev.strangler.facade.moving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackingOffTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final BackingOff<String> backingOff =
            new BackingOff<>(Duration.ofSeconds(2), Duration.ofSeconds(60), new Clock() {
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
    void what_fails_again_and_again_is_left_alone_longer_each_time_up_to_a_minute() {
        for (var pause : List.of(2, 4, 8, 16, 32, 60, 60)) {
            assertThat(backingOff.isDue("a")).isTrue();
            backingOff.isNews("a", "away");
            now = now.plusSeconds(pause).minusMillis(1);
            assertThat(backingOff.isDue("a")).as("within %d s", pause).isFalse();
            now = now.plusMillis(1);
        }
        assertThat(backingOff.isDue("b")).as("others are not").isTrue();
    }

    @Test
    void a_failure_is_news_until_it_fails_for_the_same_reason() {
        assertThat(backingOff.isNews("a", "away")).isTrue();
        assertThat(backingOff.isNews("a", "away")).isFalse();
        assertThat(backingOff.isNews("b", "away")).isTrue();
        assertThat(backingOff.isNews("a", "held")).isTrue();
        assertThat(backingOff.isNews("a", "held")).isFalse();
    }

    @Test
    void what_did_not_fail_or_is_not_tried_any_more_begins_anew() {
        backingOff.isNews("a", "away");
        backingOff.isNews("b", "away");
        backingOff.isNews("c", "away");
        backingOff.forget("a");
        backingOff.keep(List.of("c"));
        assertThat(backingOff.isDue("a")).isTrue();
        assertThat(backingOff.isDue("b")).isTrue();
        assertThat(backingOff.isDue("c")).isFalse();
        assertThat(backingOff.isNews("b", "away")).isTrue();
    }
}
