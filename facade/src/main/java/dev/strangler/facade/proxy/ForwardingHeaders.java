package dev.strangler.facade.proxy;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which headers go no further. From clients: what only a proxy may say, what sides say to one another, and what makes a server take
 * another method or path than the one that was routed. From sides: what is meant for the façade alone. In both directions: what
 * belongs to one connection.
 */
final class ForwardingHeaders {

    static final HttpString SERVED_BY = new HttpString("X-Served-By");

    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "http2-settings");
    private static final Set<String> NEVER_FROM_CLIENTS = Set.of(
            "forwarded",
            "x-real-ip",
            "true-client-ip",
            "x-client-ip",
            "x-served-by",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override");
    private static final List<String> PREFIXES_NEVER_FROM_CLIENTS = List.of("x-forwarded", "x-strangler-");
    /** A client that names one of these in Connection wants the next server to read another message. */
    private static final Set<String> END_TO_END =
            Set.of("content-length", "transfer-encoding", "host", "content-type", "expect", "cookie", "authorization");

    private static final List<HttpString> DECIDING_THE_ANSWER =
            List.of(Headers.ACCEPT, Headers.ACCEPT_LANGUAGE, Headers.AUTHORIZATION, Headers.COOKIE);

    private ForwardingHeaders() {}

    /**
     * Takes from a request what must not reach a side.
     *
     * @throws Refused when Connection names a header that the message can't do without
     */
    static void cleanRequest(HeaderMap headers) {
        var named = namedByConnection(headers);
        for (var name : named) {
            if (END_TO_END.contains(name)) {
                throw new Refused(Problem.badRequest(
                        "bad-request", "Connection must not name %s: it is not of one connection.".formatted(name)));
            }
        }
        removeIf(
                headers,
                name -> named.contains(name)
                        || OF_ONE_CONNECTION.contains(name)
                        || NEVER_FROM_CLIENTS.contains(name)
                        || PREFIXES_NEVER_FROM_CLIENTS.stream().anyMatch(name::startsWith));
    }

    /** Takes from a side's answer what must not reach the client, and says who has answered. */
    static void cleanResponse(HeaderMap headers, String servedBy) {
        var named = namedByConnection(headers);
        named.removeAll(END_TO_END);
        removeIf(
                headers,
                name -> named.contains(name)
                        || OF_ONE_CONNECTION.contains(name)
                        || name.startsWith("x-strangler-")
                        || name.equals("x-served-by"));
        headers.put(SERVED_BY, servedBy);
    }

    /** Those of a read's headers by which a side may answer otherwise: what the client accepts, and who it is. */
    static Map<String, String> decidingTheAnswer(HeaderMap headers) {
        var deciding = new LinkedHashMap<String, String>();
        for (var name : DECIDING_THE_ANSWER) {
            var value = headers.getFirst(name);
            if (value != null) {
                deciding.put(name.toString(), value);
            }
        }
        return deciding;
    }

    private static Set<String> namedByConnection(HeaderMap headers) {
        var named = new HashSet<String>();
        var connection = headers.get(Headers.CONNECTION);
        if (connection != null) {
            for (var value : connection) {
                for (var name : value.split(",")) {
                    named.add(normal(name.strip()));
                }
            }
        }
        return named;
    }

    private static void removeIf(HeaderMap headers, java.util.function.Predicate<String> unwanted) {
        var removed = new ArrayList<HttpString>();
        for (var name : headers.getHeaderNames()) {
            if (unwanted.test(normal(name.toString()))) {
                removed.add(name);
            }
        }
        removed.forEach(headers::remove);
    }

    /** Servers that hand headers to programs as variables take an underscore for a hyphen. */
    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
