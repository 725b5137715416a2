package dev.strangler.facade.console;

import dev.strangler.facade.control.ControlToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The token of each role. That of {@link Role#SWITCHER} is the token of the control API; the others are derived from it, so there is nothing to store, and a
 * new token makes all of them new.
 */
@Component
class RoleTokens {

    private final ControlToken token;
    private final Map<Role, String> derived = new EnumMap<>(Role.class);

    RoleTokens(ControlToken token) {
        this.token = token;
        for (var role : new Role[] {Role.VIEWER, Role.OPERATOR}) {
            derived.put(role, token.derived("console " + role.label()));
        }
    }

    /** The role that this token gives; compared in constant time. */
    Optional<Role> roleOf(String presented) {
        if (token.matches(presented)) {
            return Optional.of(Role.SWITCHER);
        }
        return derived.entrySet().stream()
                .filter(known -> MessageDigest.isEqual(bytes(known.getValue()), bytes(presented)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The tokens to hand out, weakest first. */
    Map<Role, String> derived() {
        return Map.copyOf(derived);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
