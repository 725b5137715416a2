package dev.strangler.facade.console;

import dev.strangler.facade.control.ControlRefusal;
import dev.strangler.facade.control.KnownFeatures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Lets in who brings a token and says who he is. After some wrong tokens nobody is let in for a while: guessing gets nowhere, and fills no audit. */
@Component
class LoggingIn implements AuthenticationProvider {

    static final int MOST_FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RoleTokens tokens;
    private final Clock clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    LoggingIn(RoleTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        if (isGuessing()) {
            throw new LockedException("Too many wrong tokens; wait a minute.");
        }
        var role = tokens.roleOf(String.valueOf(asked.getCredentials()).strip());
        if (role.isEmpty()) {
            noteFailure();
            throw new BadCredentialsException("This is no token of this console.");
        }
        var operator = new Operator(who(asked.getName()), role.get());
        return UsernamePasswordAuthenticationToken.authenticated(operator, null, operator.authorities());
    }

    private static String who(String named) {
        try {
            return KnownFeatures.who(named);
        } catch (ControlRefusal nobody) {
            throw new BadCredentialsException(String.valueOf(nobody.getMessage()), nobody);
        }
    }

    private synchronized boolean isGuessing() {
        var since = clock.instant().minus(WINDOW);
        while (!failures.isEmpty() && failures.getFirst().isBefore(since)) {
            failures.removeFirst();
        }
        return failures.size() >= MOST_FAILURES;
    }

    private synchronized void noteFailure() {
        failures.addLast(clock.instant());
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
