package dev.strangler.inbox;

import org.jspecify.annotations.Nullable;

/**
 * As whom an inbox reads.
 *
 * @param name under which positions, versions and parked records are kept
 * @param searchPath where the handler's tables are looked for; the connection's own if null. If set, this is a
 *     {@link Rebuild}, which serves no reads and is therefore not registered as a consumer of anything
 */
record Consuming(String name, @Nullable String searchPath) {

    static Consuming live(String name) {
        return new Consuming(name, null);
    }

    boolean isLive() {
        return searchPath == null;
    }
}
