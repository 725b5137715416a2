package dev.strangler.inbox.spring;

import dev.strangler.inbox.InboxTracing;
import dev.strangler.inbox.ReceivedEvent;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One span per batch. A single event continues the trace of the request that caused it; a batch has a trace of its own with links
 * to theirs, since it belongs to none of them alone.
 */
class TracerInboxTracing implements InboxTracing {

    private static final int MOST_LINKS = 100;

    private final Tracer tracer;
    private final Propagator propagator;

    TracerInboxTracing(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    @Override
    public void follow(String consumer, List<ReceivedEvent> events, Runnable work) {
        var span = span(events)
                .name("inbox " + consumer)
                .kind(Span.Kind.CONSUMER)
                .tag("strangler.consumer", consumer)
                .tag("strangler.events", Integer.toString(events.size()))
                .start();
        try (var scope = tracer.withSpan(span)) {
            work.run();
        } catch (RuntimeException | Error e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private Span.Builder span(List<ReceivedEvent> events) {
        if (events.size() == 1 && events.get(0).traceparent() != null) {
            return propagator.extract(
                    events.get(0),
                    (event, field) -> field.equalsIgnoreCase("traceparent") ? event.traceparent() : null);
        }
        var builder = tracer.spanBuilder();
        events.stream()
                .map(ReceivedEvent::traceparent)
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_LINKS)
                .map(this::context)
                .filter(Objects::nonNull)
                .forEach(context -> builder.addLink(new Link(context)));
        return builder;
    }

    /** {@code version-traceid-parentid-flags} as W3C Trace Context writes it. */
    private @Nullable TraceContext context(String traceparent) {
        var parts = traceparent.split("-", -1);
        if (parts.length < 4 || parts[1].length() != 32 || parts[2].length() != 16) {
            return null;
        }
        return tracer.traceContextBuilder()
                .traceId(parts[1])
                .spanId(parts[2])
                .sampled(parts[3].endsWith("1"))
                .build();
    }
}
