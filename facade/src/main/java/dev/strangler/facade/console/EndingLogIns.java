package dev.strangler.facade.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends log-ins that have lasted long enough: an open page is looked at again by itself, so its session would never idle out. */
final class EndingLogIns extends OncePerRequestFilter {

    private static final String SINCE = "strangler.console.since";

    private final Duration longest;
    private final Clock clock;

    /** @param longest that a log-in lasts, however busy it is */
    EndingLogIns(Duration longest, Clock clock) {
        this.longest = longest;
        this.clock = clock;
    }

    /** Somebody has come in. */
    void begin(HttpSession session) {
        session.setAttribute(SINCE, clock.instant());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = request.getSession(false);
        if (session != null) {
            endIfOver(session);
        }
        chain.doFilter(request, response);
    }

    private void endIfOver(HttpSession session) {
        try {
            if (isOver(session)) {
                session.invalidate();
            }
        } catch (IllegalStateException endedMeanwhile) {
            logger.debug("Another request of the same page was quicker", endedMeanwhile);
        }
    }

    private boolean isOver(HttpSession session) {
        return since(session) instanceof Instant since && !clock.instant().isBefore(since.plus(longest));
    }

    private static @Nullable Object since(HttpSession session) {
        return session.getAttribute(SINCE);
    }
}
