package dev.strangler.outbox.spring;

import dev.strangler.outbox.relay.RelayFinding;
import dev.strangler.outbox.relay.RelayMonitor;
import dev.strangler.outbox.relay.RelayReport;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** DOWN where events were or may have been skipped, UNKNOWN where nothing is published, with the slot's figures. */
class RelayHealth extends AbstractHealthIndicator {

    private final RelayMonitor monitor;

    RelayHealth(RelayMonitor monitor) {
        super("The relay could not be looked at");
        this.monitor = monitor;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        monitor.report().ifPresentOrElse(report -> tell(builder, report), builder::unknown);
    }

    private static void tell(Health.Builder builder, RelayReport report) {
        if (report.isUnsound()) {
            builder.down();
        } else if (report.findings().isEmpty()) {
            builder.up();
        } else {
            builder.unknown();
        }
        builder.withDetail("lookedAt", report.at().toString());
        builder.withDetail("oldestUnrelayedMillis", report.oldestUnrelayed().toMillis());
        var slot = report.slot();
        if (slot != null) {
            builder.withDetail("slot", slot.name());
            builder.withDetail("walStatus", slot.walStatus());
            builder.withDetail("active", slot.isActive());
            builder.withDetail("retainedBytes", slot.retainedBytes());
        }
        if (!report.findings().isEmpty()) {
            builder.withDetail(
                    "findings",
                    report.findings().stream()
                            .collect(Collectors.toMap(
                                    finding -> finding.kind().name(), RelayFinding::message, (a, b) -> a + "\n" + b)));
        }
    }
}
