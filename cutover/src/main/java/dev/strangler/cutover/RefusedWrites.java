package dev.strangler.cutover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes that a fence has refused, and what is known of the last one. It was rolled back with everything else that its transaction did.
 *
 * @param count since the fence was set up; after a crash of the server up to 32 more than there were
 * @param last the last one; none if there was none
 */
public record RefusedWrites(long count, @Nullable Refused last) {

    /**
     * One refused write.
     *
     * @param at by the side's clock
     * @param role that wrote
     * @param application what the session called itself, 64 characters at most; may be empty
     * @param query its beginning, 128 characters at most; what is not ASCII is a question mark
     */
    public record Refused(Instant at, String role, String application, String query) {}
}
