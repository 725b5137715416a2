package dev.strangler.inbox.spring;

import dev.strangler.inbox.Flow;
import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.InboxStatus;
import dev.strangler.inbox.ReceivedEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
                "Records of the log that are not applied yet; NaN while unknown",
                InboxMeters::recordsBehind);
        gauge(
                all,
                consumer,
                "strangler.inbox.oldest.age.seconds",
                "Age of the oldest event that has arrived and is not applied; NaN while unknown",
                status -> oldestAgeInSeconds(status, clock.instant()));
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

    /** A consumer that stands still must not look as if it were up to date. */
    static double recordsBehind(InboxStatus status) {
        return isUnheardOf(status)
                ? Double.NaN
                : status.partitions().stream()
                        .mapToDouble(lag -> lag.recordsBehind() < 0 ? Double.NaN : lag.recordsBehind())
                        .sum();
    }

    static double oldestAgeInSeconds(InboxStatus status, Instant now) {
        return isUnheardOf(status)
                ? Double.NaN
                : status.partitions().stream()
                        .mapToDouble(lag ->
                                lag.isAgeUnknown() ? Double.NaN : lag.age(now).toMillis() / 1000.0)
                        .max()
                        .orElse(0);
    }

    /** Without trouble, having no partition means that other instances have them all. */
    private static boolean isUnheardOf(InboxStatus status) {
        return status.partitions().isEmpty() && status.trouble() != null;
    }
}
