package dev.strangler.facade.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the façade itself answers, as a problem document (RFC 9457). Whoever reads {@code X-Served-By: facade} knows that no side has
 * spoken; which side was meant stands in the member {@code side}.
 *
 * @param status HTTP status
 * @param slug the last part of the problem's type
 * @param detail fact, limit, way out
 * @param side the deployable that was to answer; null when it had not come to that
 * @param headers further headers
 */
record Problem(
        int status, String slug, String detail, @Nullable String side, Map<HttpString, String> headers) {

    static final String TYPES = "urn:strangler:problem:";
    static final String SERVED_BY_FACADE = "facade";

    private static final AttachmentKey<Boolean> OWN = AttachmentKey.create(Boolean.class);
    private static final String CONTENT_TYPE = "application/problem+json";

    static Problem badRequest(String slug, String detail) {
        return new Problem(400, slug, detail, null, Map.of());
    }

    static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "too-large",
                "The body has more than %d bytes, which is the limit. Send less.".formatted(limit),
                null,
                Map.of());
    }

    static Problem bodyStalled(long limitMillis) {
        return new Problem(
                408,
                "body-stalled",
                ("Nothing of the body has come for %d ms, which is the limit. Send the request again, a command with the same"
                                + " Idempotency-Key.")
                        .formatted(limitMillis),
                null,
                Map.of());
    }

    static Problem notFound() {
        return new Problem(
                404,
                "not-found",
                "Nobody has this path. The paths are those of the feature map, with everything below them.",
                null,
                Map.of());
    }

    static Problem busy(String side, int limit) {
        return new Problem(
                503,
                "side-busy",
                "%d requests are on their way to %s, more are not let through. Send the request again in a moment."
                        .formatted(limit, side),
                side,
                Map.of(Headers.RETRY_AFTER, "1"));
    }

    static Problem sideDown(String side) {
        return new Problem(
                502,
                "side-down",
                ("%s can't be reached, or broke off before it answered. Read again, or send a command again with the same"
                                + " Idempotency-Key.")
                        .formatted(side),
                side,
                Map.of());
    }

    static Problem sideSlow(String side, long limitMillis) {
        return new Problem(
                504,
                "side-slow",
                ("%s has not answered within %d ms; a command may or may not have been carried out. Send it again with the"
                                + " same Idempotency-Key.")
                        .formatted(side, limitMillis),
                side,
                Map.of());
    }

    static Problem held(Duration patience) {
        return new Problem(
                503,
                "handover",
                ("The feature is being handed over, and this write has waited %d ms; nothing of it was done. Send it again in a"
                                + " moment.")
                        .formatted(patience.toMillis()),
                null,
                Map.of(Headers.RETRY_AFTER, "1"));
    }

    static Problem routesStale() {
        return new Problem(
                503,
                "routes-stale",
                "This façade has not heard for a while who owns the feature, so it passes no writes on. Send it again in a moment;"
                        + " reads are answered.",
                null,
                Map.of(Headers.RETRY_AFTER, "1"));
    }

    static Problem ending() {
        return new Problem(
                503,
                "facade-ending",
                "This façade is being stopped. Send the request again, to another one or in a moment.",
                null,
                Map.of(Headers.RETRY_AFTER, "1", Headers.CONNECTION, "close"));
    }

    static Problem failed() {
        return new Problem(
                500, "facade-failed", "The façade failed at this request; the cause is in its log.", null, Map.of());
    }

    /** Whether the exchange is answered by the façade itself. */
    static boolean isOwn(HttpServerExchange exchange) {
        return exchange.getAttachment(OWN) != null;
    }

    /** Answers the exchange with this; the connection stays usable. */
    void send(HttpServerExchange exchange) {
        var answer = exchange.getResponseHeaders();
        exchange.putAttachment(OWN, true);
        answer.put(ForwardingHeaders.SERVED_BY, SERVED_BY_FACADE);
        answer.put(Headers.CONTENT_TYPE, CONTENT_TYPE);
        answer.put(Headers.CACHE_CONTROL, "no-store");
        addTo(answer);
        exchange.setStatusCode(status);
        exchange.getResponseSender().send(json(exchange.getRequestURI()));
    }

    /** As {@link #send}, and ends the connection: where its next request begins is not certain. */
    void sendAndClose(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        send(exchange);
    }

    private void addTo(HeaderMap answer) {
        headers.forEach(answer::put);
    }

    String json(String instance) {
        var json = new StringBuilder("{");
        member(json, "type", TYPES + slug).append(',');
        member(
                        json,
                        "title",
                        Character.toUpperCase(slug.charAt(0))
                                + slug.substring(1).replace('-', ' '))
                .append(",\"status\":")
                .append(status)
                .append(',');
        member(json, "detail", detail).append(',');
        member(json, "instance", instance);
        if (side != null) {
            member(json.append(','), "side", side);
        }
        return json.append('}').toString();
    }

    private static StringBuilder member(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"");
        for (var index = 0; index < value.length(); index++) {
            var character = value.charAt(index);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ' || character > '~' && character < 0xA0) {
                json.append("\\u%04x".formatted((int) character));
            } else {
                json.append(character);
            }
        }
        return json.append('"');
    }
}
