package dev.strangler.facade.proxy;

import dev.strangler.cutover.ClientId;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.UUID;

/**
 * Who sends a request.
 *
 * @param id decides which share the client falls in
 * @param keepsCookies false when it names itself in {@code X-Client-Id}
 * @param isNew whether it must still be told its id
 */
record Client(ClientId id, boolean keepsCookies, boolean isNew) {

    static final String COOKIE = "strangler-client";

    private static final HttpString HEADER = new HttpString("X-Client-Id");
    private static final Duration KEEP = Duration.ofDays(365);

    /** @throws Refused when the client names itself in a way that is no client id */
    static Client of(HttpServerExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var named = headers.get(HEADER);
        if (named != null) {
            if (named.size() != 1 || !ClientId.isWellFormed(named.getFirst())) {
                throw new Refused(Problem.badRequest(
                        "bad-client-id",
                        "X-Client-Id must be there once, with 1 to 128 letters, digits, dots, underscores or hyphens. Correct"
                                + " it, or leave it out."));
            }
            return new Client(new ClientId(named.getFirst()), false, false);
        }
        var cookie = Cookies.find(headers, COOKIE);
        return cookie != null && ClientId.isWellFormed(cookie)
                ? new Client(new ClientId(cookie), true, false)
                : new Client(new ClientId(UUID.randomUUID().toString()), true, true);
    }

    /** Tells a new client its id. */
    void introduce(HeaderMap response, boolean isSecure) {
        if (isNew) {
            Cookies.set(response, COOKIE, id.value(), KEEP, isSecure);
        }
    }
}
