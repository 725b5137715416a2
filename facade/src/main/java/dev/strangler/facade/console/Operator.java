package dev.strangler.facade.console;

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

    List<SimpleGrantedAuthority> authorities() {
        return List.of(new SimpleGrantedAuthority(role.name()));
    }
}
