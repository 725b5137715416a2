package dev.strangler.facade.console;

import java.util.Locale;

/** What somebody may do in the console. Each role may do what those before it may. */
enum Role {
    /** Looks at everything, changes nothing. */
    VIEWER,
    /** Prepares, copies, compares and stops: nothing that changes who answers or who writes, but taking a handover back. */
    OPERATOR,
    /** Moves reads and writes, gives up events, seals. */
    SWITCHER;

    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As people read it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
