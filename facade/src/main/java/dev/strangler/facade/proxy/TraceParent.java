package dev.strangler.facade.proxy;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace context: passed on when well-formed, begun here otherwise. */
final class TraceParent {

    static final HttpString NAME = new HttpString("traceparent");

    private static final HttpString STATE = new HttpString("tracestate");
    private static final Pattern SHAPE = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    static void ensure(HeaderMap headers) {
        var values = headers.get(NAME);
        if (values != null
                && values.size() == 1
                && SHAPE.matcher(values.getFirst()).matches()) {
            return;
        }
        headers.remove(STATE);
        headers.put(NAME, begun());
    }

    private static String begun() {
        var random = ThreadLocalRandom.current();
        // Never all zero, which would mean "none".
        var hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + '-'
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }
}
