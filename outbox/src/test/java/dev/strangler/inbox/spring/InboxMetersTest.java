package dev.strangler.inbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.inbox.Flow;
import dev.strangler.inbox.InboxLag;
import dev.strangler.inbox.InboxStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboxMetersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void what_flows_is_added_up_and_the_oldest_counts() {
        var status = status(null, lag(3, Flow.FLOWING, NOW.minusSeconds(2)), lag(4, Flow.WAITING, NOW.minusSeconds(5)));

        assertThat(InboxMeters.recordsBehind(status)).isEqualTo(7);
        assertThat(InboxMeters.oldestAgeInSeconds(status, NOW)).isEqualTo(5);
    }

    @Test
    void a_refused_partition_stays_behind() {
        var status = status(null, lag(3, Flow.REFUSED, NOW.minusSeconds(60)));

        assertThat(InboxMeters.recordsBehind(status)).isEqualTo(3);
        assertThat(InboxMeters.oldestAgeInSeconds(status, NOW)).isEqualTo(60);
    }

    @Test
    void what_nobody_knows_is_no_number() {
        assertThat(InboxMeters.recordsBehind(status(null, lag(-1, Flow.STARTING, null))))
                .isNaN();
        assertThat(InboxMeters.oldestAgeInSeconds(status(null, lag(3, Flow.REFUSED, null)), NOW))
                .isNaN();
        assertThat(InboxMeters.recordsBehind(status("it starts anew"))).isNaN();
        assertThat(InboxMeters.oldestAgeInSeconds(status("it starts anew"), NOW))
                .isNaN();
    }

    @Test
    void an_instance_whose_partitions_others_have_is_behind_nothing() {
        assertThat(InboxMeters.recordsBehind(status(null))).isZero();
        assertThat(InboxMeters.oldestAgeInSeconds(status(null), NOW)).isZero();
    }

    private static InboxStatus status(@Nullable String trouble, InboxLag... lags) {
        return new InboxStatus("consumer", true, trouble, 0, 0, null, List.of(lags));
    }

    private static InboxLag lag(long behind, Flow flow, @Nullable Instant oldest) {
        return new InboxLag("consumer", "assets.v1", 0, 0, behind, oldest, flow, null);
    }
}
