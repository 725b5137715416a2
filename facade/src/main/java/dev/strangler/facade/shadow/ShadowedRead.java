package dev.strangler.facade.shadow;

import dev.strangler.cutover.Feature;
import java.util.Map;

/**
 * A read to be compared.
 *
 * @param feature whose
 * @param since the version of the route that asked for it
 * @param path raw, as the client sent it
 * @param query raw, without the question mark; empty for none
 * @param headers of the client's that decide what is answered
 */
public record ShadowedRead(Feature feature, long since, String path, String query, Map<String, String> headers) {

    public ShadowedRead {
        headers = Map.copyOf(headers);
    }

    /** Path and query. */
    String target() {
        return query.isEmpty() ? path : path + '?' + query;
    }
}
