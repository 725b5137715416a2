package dev.strangler.facade.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells whoever has the token of the control API which weaker ones he can hand out. */
@RestController
class HandingOutTokens {

    private final RoleTokens tokens;

    HandingOutTokens(RoleTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * How to get into the console.
     *
     * @param path of it
     * @param tokens by role; the token of the control API gives the role that is not among them, switcher
     */
    record Ways(String path, Map<String, String> tokens) {}

    @GetMapping("/control/console")
    Ways ways() {
        var named = new LinkedHashMap<String, String>();
        for (var role : new Role[] {Role.VIEWER, Role.OPERATOR}) {
            named.put(role.label(), tokens.derived().getOrDefault(role, ""));
        }
        return new Ways(ConsoleSecurity.HOME, named);
    }
}
