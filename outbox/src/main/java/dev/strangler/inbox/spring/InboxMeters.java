package dev.strangler.inbox.spring;

import dev.strangler.inbox.Flow;
import dev.strangler.inbox.InboxLag;
import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.InboxStatus;
import dev.strangler.inbox.ReceivedEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Measures inboxes: how late events are applied, what is dropped, tried again and parked, how much is still to come. */
class InboxMeters implements InboxListener, SmartInitializingSingleton {

    private static final String CONSUMER = "consumer";

    private final MeterRegistry registry;
    private final Clock clock;
    private final ObjectProvider<Inboxes> inboxes;
    private final Map<String, Timer> lags = new ConcurrentHashMap<>();

    InboxMeters(MeterRegistry registry, Clock clock, ObjectProvider<Inboxes> inboxes) {
        this.registry = registry;
        this.clock = clock;
        this.inboxes = inboxes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        inboxes.ifAvailable(all -> all.statuses().forEach(status -> gauges(all, status.consumer())));
    }

    @Override
    public void applied(String consumer, List<ReceivedEvent> events) {
        var lag = lags.computeIfAbsent(
                consumer,
                name -> Timer.builder("strangler.inbox.apply.lag")
                        .description("From when an event occurred until its effects were committed here")
                        .tag(CONSUMER, name)
                        .publishPercentileHistogram()
                        .register(registry));
        var now = clock.instant();
        for (var event : events) {
            var age = Duration.between(event.occurredAt(), now);
            lag.record(age.isNegative() ? Duration.ZERO : age);
        }
    }

    @Override
    public void dropped(String consumer, int events) {
        registry.counter("strangler.inbox.duplicates", CONSUMER, consumer).increment(events);
    }

    @Override
    public void stale(String consumer, int events) {
        registry.counter("strangler.inbox.stale", CONSUMER, consumer).increment(events);
    }

    @Override
    public void parked(String consumer, String aggregateType, String aggregateId, String cause) {
        registry.counter("strangler.inbox.parked", CONSUMER, consumer).increment();
    }

    @Override
    public void retried(String consumer, String reason) {
        registry.counter("strangler.inbox.retries", CONSUMER, consumer, "reason", reason)
                .increment();
    }

    private void gauges(Inboxes all, String consumer) {
        gauge(
                all,
                consumer,
                "strangler.inbox.records.behind",
                "Records of the log that are not applied yet",
                status -> status.partitions().stream()
                        .mapToLong(lag -> Math.max(0, lag.recordsBehind()))
                        .sum());
        gauge(
                all,
                consumer,
                "strangler.inbox.oldest.age.seconds",
                "Age of the oldest event that has arrived and is not applied",
                status -> status.partitions().stream()
                        .mapToDouble(this::ageInSeconds)
                        .max()
                        .orElse(0));
        gauge(
                all,
                consumer,
                "strangler.inbox.parked.keys",
                "Aggregates whose records are parked",
                InboxStatus::parkedKeys);
        gauge(all, consumer, "strangler.inbox.parked.records", "Records that are parked", InboxStatus::parkedRecords);
        gauge(
                all,
                consumer,
                "strangler.inbox.partitions",
                "Partitions that this instance reads",
                status -> status.partitions().size());
        gauge(
                all,
                consumer,
                "strangler.inbox.partitions.refused",
                "Partitions that stand still until somebody acts",
                status -> status.partitions().stream()
                        .filter(lag -> lag.flow() == Flow.REFUSED)
                        .count());
    }

    private void gauge(
            Inboxes all, String consumer, String name, String description, ToDoubleFunction<InboxStatus> value) {
        Gauge.builder(
                        name,
                        all,
                        of -> of.find(consumer)
                                .map(inbox -> value.applyAsDouble(inbox.status()))
                                .orElse(Double.NaN))
                .description(description)
                .tag(CONSUMER, consumer)
                .register(registry);
    }

    private double ageInSeconds(InboxLag lag) {
        return lag.age(clock.instant()).toMillis() / 1000.0;
    }
}
