package dev.strangler.facade.console;

import dev.strangler.facade.audit.Audit;
import dev.strangler.facade.audit.Audit.Channel;
import java.util.List;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody who is logged in.
 *
 * @param who what he calls himself; goes into journals
 * @param role what his token lets him do
 */
record Operator(String who, Role role) {

    /** Whether he may. */
    public boolean may(Act act) {
        return role.covers(act.role());
    }

    /** What he asks for, as the audit keeps it. */
    Audit.Asked asks(Act act, String feature, String line) {
        return new Audit.Asked(Channel.CONSOLE, who, role.label(), act.verb(), feature, line);
    }

    List<SimpleGrantedAuthority> authorities() {
        return List.of(new SimpleGrantedAuthority(role.name()));
    }
}
