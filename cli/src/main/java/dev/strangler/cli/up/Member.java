package dev.strangler.cli.up;

import dev.strangler.sandbox.Part;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One part of the whole.
 *
 * @param port where it listens
 * @param url how a person or a client reaches it
 * @param readiness answers 2xx once the part can be used; absent where accepting connections says the same
 */
public record Member(
        Part part, int port, String url, @Nullable URI readiness) {

    /** The name that its log, its pid file and every message carry. */
    public String name() {
        return part.name();
    }
}
