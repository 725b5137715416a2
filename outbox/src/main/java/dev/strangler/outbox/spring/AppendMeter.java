package dev.strangler.outbox.spring;

import dev.strangler.outbox.CommittedEvent;
import dev.strangler.outbox.CommittedEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counts the events of committed transactions, by aggregate type. */
class AppendMeter implements CommittedEvents {

    private final MeterRegistry registry;

    AppendMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void committed(List<CommittedEvent> events) {
        for (var event : events) {
            registry.counter("strangler.outbox.appended", "aggregate", event.aggregateType())
                    .increment();
        }
    }
}
