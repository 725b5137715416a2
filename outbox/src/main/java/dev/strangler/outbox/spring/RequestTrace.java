package dev.strangler.outbox.spring;

import dev.strangler.outbox.CurrentTrace;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The {@code traceparent} that the current servlet request came with, for applications without a tracer. */
class RequestTrace implements CurrentTrace {

    /** Comes from outside, so only the exact W3C form gets into the stream. */
    private static final Pattern W3C = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public Optional<String> traceparent() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.ofNullable(attributes.getRequest().getHeader("traceparent"))
                        .filter(header -> W3C.matcher(header).matches())
                : Optional.empty();
    }
}
