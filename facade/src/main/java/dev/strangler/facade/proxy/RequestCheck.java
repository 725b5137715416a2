package dev.strangler.facade.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests that two servers could cut into different messages, or that are none. Stricter than the server in front of it: what
 * that one would repair in silence the side behind might repair otherwise.
 */
final class RequestCheck {

    /** Methods that change nothing: they go to the side that answers reads. */
    static final Set<HttpString> READS = Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);

    private static final Set<HttpString> METHODS = Set.of(
            Methods.GET, Methods.HEAD, Methods.OPTIONS, Methods.POST, Methods.PUT, Methods.PATCH, Methods.DELETE);
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private RequestCheck() {}

    /** @throws Refused when the request is ambiguous, of a method that no side has, or larger than {@code maxBody} bytes */
    static void check(HttpServerExchange exchange, long maxBody) {
        var headers = exchange.getRequestHeaders();
        framing(exchange, headers);
        values(headers);
        host(exchange, headers);
        if (!METHODS.contains(exchange.getRequestMethod())) {
            throw new Refused(new Problem(
                    405,
                    "method-not-allowed",
                    "This method goes to no side. Allowed are DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT.",
                    null,
                    Map.of(Headers.ALLOW, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT")));
        }
        if (exchange.isHostIncludedInRequestURI()) {
            throw refused("The request target names a host. Send the path alone, and the host in its header.");
        }
        var length = headers.getFirst(Headers.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > maxBody) {
            throw new Refused(Problem.tooLarge(maxBody));
        }
    }

    private static void framing(HttpServerExchange exchange, HeaderMap headers) {
        var encodings = headers.get(Headers.TRANSFER_ENCODING);
        var lengths = headers.get(Headers.CONTENT_LENGTH);
        if (encodings != null) {
            if (lengths != null) {
                throw refused("Content-Length and Transfer-Encoding contradict each other. Send one of them.");
            }
            if (encodings.size() != 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
                throw refused("The only Transfer-Encoding allowed is 'chunked', once. Send that or a Content-Length.");
            }
            if (!exchange.getProtocol().equals(Protocols.HTTP_1_1)) {
                throw refused("Transfer-Encoding came with HTTP/1.1. Send that, or a Content-Length.");
            }
        }
        if (lengths != null
                && (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches())) {
            throw refused("Content-Length must be there at most once and be a whole number. Correct it.");
        }
    }

    private static void values(HeaderMap headers) {
        for (var values : headers) {
            for (var value : values) {
                for (var index = 0; index < value.length(); index++) {
                    var character = value.charAt(index);
                    if (character < ' ' && character != '\t' || character == 0x7F) {
                        throw refused("The header %s has a control character. Leave it out."
                                .formatted(values.getHeaderName()));
                    }
                }
            }
        }
    }

    private static void host(HttpServerExchange exchange, HeaderMap headers) {
        var hosts = headers.get(Headers.HOST);
        var isMissing = hosts == null && exchange.getProtocol().equals(Protocols.HTTP_1_1);
        if (isMissing
                || hosts != null
                        && (hosts.size() != 1 || !HOST.matcher(hosts.getFirst()).matches())) {
            throw refused("There must be one Host header with a name and perhaps a port. Correct it.");
        }
    }

    private static Refused refused(String detail) {
        return new Refused(Problem.badRequest("bad-request", detail));
    }
}
