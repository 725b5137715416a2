package dev.strangler.outbox.spring;

import dev.strangler.outbox.CurrentTrace;
import io.micrometer.tracing.Tracer;
import java.util.Optional;

/** The trace of Micrometer's current span; where there is none, of whoever else knows. */
class TracerTrace implements CurrentTrace {

    private static final int W3C_TRACE_ID_LENGTH = 32;

    private final Tracer tracer;
    private final CurrentTrace otherwise;

    TracerTrace(Tracer tracer, CurrentTrace otherwise) {
        this.tracer = tracer;
        this.otherwise = otherwise;
    }

    @Override
    public Optional<String> traceparent() {
        var span = tracer.currentSpan();
        if (span == null || span.isNoop()) {
            return otherwise.traceparent();
        }
        var context = span.context();
        var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return Optional.of("00-%s-%s-%s".formatted(padded(context.traceId()), context.spanId(), flags));
    }

    /** Some tracers use ids of 64 bits, W3C knows only 128. */
    private static String padded(String traceId) {
        return "0".repeat(Math.max(0, W3C_TRACE_ID_LENGTH - traceId.length())) + traceId;
    }
}
