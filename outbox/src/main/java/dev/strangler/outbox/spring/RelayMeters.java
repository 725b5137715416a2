package dev.strangler.outbox.spring;

import dev.strangler.outbox.relay.RelayMonitor;
import dev.strangler.outbox.relay.RelayReport;
import dev.strangler.outbox.relay.SlotState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The relay's figures as of the last look, so that being scraped costs the database nothing. */
class RelayMeters implements MeterBinder {

    private final RelayMonitor monitor;

    RelayMeters(RelayMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder("strangler.outbox.unrelayed.age", monitor, TimeUnit.MILLISECONDS, this::age)
                .description("Age of the oldest event that Kafka has not acknowledged; 0 when it has all")
                .register(registry);
        gauge(
                registry,
                "strangler.outbox.slot.retained",
                "bytes",
                "Log that the server keeps for the slot",
                this::retained);
        gauge(
                registry,
                "strangler.outbox.slot.safe",
                "bytes",
                "Log that may be written before the server gives the slot up; NaN without a limit",
                this::safe);
        gauge(
                registry,
                "strangler.outbox.slot.active",
                null,
                "1 while the relay reads the slot",
                slot -> slot.isActive() ? 1 : 0);
        Gauge.builder("strangler.outbox.relay.sound", monitor, m -> report(m, report -> report.isUnsound() ? 0 : 1))
                .description("0 when events were, or may have been, skipped")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<SlotState> value) {
        Gauge.builder(name, monitor, m -> report(m, report -> slot(report, value)))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private double age(RelayMonitor from) {
        return report(from, report -> report.oldestUnrelayed().toMillis());
    }

    private double retained(SlotState slot) {
        return slot.retainedBytes();
    }

    private double safe(SlotState slot) {
        return slot.safeBytes() == null ? Double.NaN : slot.safeBytes();
    }

    private static double slot(RelayReport report, ToDoubleFunction<SlotState> value) {
        return report.slot() == null ? Double.NaN : value.applyAsDouble(report.slot());
    }

    private static double report(RelayMonitor from, ToDoubleFunction<RelayReport> value) {
        return from.report().map(value::applyAsDouble).orElse(Double.NaN);
    }
}
