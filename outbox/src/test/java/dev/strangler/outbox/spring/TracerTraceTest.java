package dev.strangler.outbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.strangler.outbox.CurrentTrace;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracerTraceTest {

    private final Tracer tracer = mock();
    private final TraceContext context = mock();

    @Test
    void the_current_span_becomes_a_traceparent() {
        inSpan("0af7651916cd43dd8448eb211c80319c", true);
        assertThat(new TracerTrace(tracer, CurrentTrace.NONE).traceparent())
                .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Test
    void a_short_trace_id_is_padded_and_an_unsampled_one_says_so() {
        inSpan("8448eb211c80319c", false);
        assertThat(new TracerTrace(tracer, CurrentTrace.NONE).traceparent())
                .contains("00-00000000000000008448eb211c80319c-b7ad6b7169203331-00");
    }

    @Test
    void outside_a_span_whoever_else_knows_is_asked() {
        CurrentTrace request = () -> Optional.of("from the request");
        assertThat(new TracerTrace(tracer, CurrentTrace.NONE).traceparent()).isEmpty();
        assertThat(new TracerTrace(tracer, request).traceparent()).contains("from the request");
        assertThat(new TracerTrace(Tracer.NOOP, request).traceparent()).contains("from the request");
    }

    private void inSpan(String traceId, boolean sampled) {
        Span span = mock();
        when(tracer.currentSpan()).thenReturn(span);
        when(span.context()).thenReturn(context);
        when(context.traceId()).thenReturn(traceId);
        when(context.spanId()).thenReturn("b7ad6b7169203331");
        when(context.sampled()).thenReturn(sampled);
    }
}
