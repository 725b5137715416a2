package dev.strangler.facade.proxy;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads and writes single cookies without judging the others, which are the sides' affair. */
final class Cookies {

    private Cookies() {}

    /** The value of the first cookie of that name; null when there is none. */
    static @Nullable String find(HeaderMap request, String name) {
        var headers = request.get(Headers.COOKIE);
        if (headers == null) {
            return null;
        }
        for (var header : headers) {
            for (var pair : header.split(";")) {
                var equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return unquoted(pair.substring(equals + 1).strip());
                }
            }
        }
        return null;
    }

    /** RFC 6265 lets a value stand in quotes, and older clients, Java's own among them, put it there. */
    private static String unquoted(String value) {
        var isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Has the client keep the cookie; no time at all makes it forget. Scripts never see it, foreign sites don't send it along. */
    static void set(HeaderMap response, String name, String value, Duration keep, boolean isSecure) {
        response.add(
                Headers.SET_COOKIE,
                name + '=' + value + "; Path=/; Max-Age=" + keep.toSeconds() + "; HttpOnly; SameSite=Lax"
                        + (isSecure ? "; Secure" : ""));
    }
}
