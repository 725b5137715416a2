package dev.strangler.facade.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** How long somebody stays logged in. */
class EndingLogInsTest {

    private Instant now = Samples.NOW;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final EndingLogIns ending = new EndingLogIns(Duration.ofHours(8), clock);
    private final MockHttpSession session = new MockHttpSession();

    @Test
    void a_log_in_ends_after_its_time_however_busy_it_was() throws Exception {
        ending.begin(session);
        for (var minute = 0; minute < 8 * 60; minute += 20) {
            ask();
            assertThat(session.isInvalid()).as("after %d min", minute).isFalse();
            now = now.plus(Duration.ofMinutes(20));
        }
        ask();
        assertThat(session.isInvalid()).isTrue();
    }

    /** Whoever waits before the log-in page has a session too. */
    @Test
    void the_time_begins_with_the_log_in() throws Exception {
        now = now.plus(Duration.ofDays(2));
        ask();
        ending.begin(session);
        ask();
        assertThat(session.isInvalid()).isFalse();
    }

    private void ask() throws Exception {
        var request = new MockHttpServletRequest();
        request.setSession(session);
        ending.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    }
}
