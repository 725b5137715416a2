package dev.strangler.facade.console;

import dev.strangler.facade.audit.Allowance;
import dev.strangler.facade.control.ControlRefusal;
import dev.strangler.facade.control.KnownFeatures;
import java.time.Clock;
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

    private final RoleTokens tokens;
    private final Allowance failures;

    LoggingIn(RoleTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.failures = new Allowance(MOST_FAILURES, clock);
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        if (failures.isSpent()) {
            throw new LockedException("Too many wrong tokens; wait a minute.");
        }
        var role = tokens.roleOf(String.valueOf(asked.getCredentials()).strip());
        if (role.isEmpty()) {
            failures.take();
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

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
