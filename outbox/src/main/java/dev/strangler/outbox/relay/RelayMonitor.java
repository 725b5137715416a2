package dev.strangler.outbox.relay;

import dev.strangler.outbox.OutboxRetention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks after the outbox of a running application: checks the relay every few seconds, and keeps the partitions. What it finds is in
 * {@link #report()}, for health and metrics; new findings are logged once.
 */
public class RelayMonitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RelayMonitor.class);

    private static final Duration RETENTION_INTERVAL = Duration.ofMinutes(10);

    private final RelayCheck check;
    private final OutboxRetention retention;
    private final ConnectorLookup connector;
    private final ReplicationSlots slots;
    private final PublishedOutbox outbox;
    private final String slotName;
    private final Clock clock;

    private volatile @Nullable RelayReport report;
    private Instant lastRetention = Instant.EPOCH;
    private @Nullable ScheduledExecutorService timer;

    public RelayMonitor(
            DataSource owner,
            String slotName,
            RelayCheck check,
            OutboxRetention retention,
            ConnectorLookup connector,
            Clock clock) {
        this.slots = new ReplicationSlots(owner);
        this.outbox = new PublishedOutbox(new JdbcTemplate(owner));
        this.slotName = slotName;
        this.check = check;
        this.retention = retention;
        this.connector = connector;
        this.clock = clock;
    }

    /** The connector's status where Connect is in reach; empty where it is not known. */
    @FunctionalInterface
    public interface ConnectorLookup {

        /** Nothing is known. */
        ConnectorLookup UNKNOWN = Optional::empty;

        /** @throws ConnectFailure when Connect does not answer; counts as not known */
        Optional<ConnectorStatus> status();
    }

    /** The last look; empty before the first. */
    public Optional<RelayReport> report() {
        return Optional.ofNullable(report);
    }

    /**
     * The thorough check of a start.
     *
     * @throws RelayUnsound when events were, or may have been, skipped
     */
    public void requireSound() {
        var findings = check.lookThoroughly();
        var fatal = findings.stream().filter(RelayFinding::isFatal).toList();
        if (!fatal.isEmpty()) {
            throw new RelayUnsound(fatal);
        }
        note(findings);
    }

    /** One look, and one round of retention when it is due. */
    public RelayReport look() {
        var findings = new ArrayList<>(check.look());
        notRunning().ifPresent(findings::add);
        var now = note(findings);
        if (!clock.instant().isBefore(lastRetention.plus(RETENTION_INTERVAL))) {
            lastRetention = clock.instant();
            retention.run();
        }
        return now;
    }

    /** Looks again and again on a thread of its own until closed. */
    public synchronized void start(Duration interval) {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                var thread = new Thread(task, "strangler-relay-monitor");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(this::lookQuietly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    private RelayReport note(List<RelayFinding> findings) {
        var now = new RelayReport(
                clock.instant(), slots.find(slotName).orElse(null), outbox.oldestUnrelayed(slotName), findings);
        var before = report;
        report = now;
        tellChange(before == null ? List.of() : before.findings(), findings);
        return now;
    }

    private static void tellChange(List<RelayFinding> before, List<RelayFinding> now) {
        now.stream()
                .filter(finding -> before.stream().noneMatch(old -> old.kind() == finding.kind()))
                .forEach(finding -> {
                    if (finding.isFatal()) {
                        log.error("{}: {}", finding.kind(), finding.message());
                    } else {
                        log.warn("{}: {}", finding.kind(), finding.message());
                    }
                });
        if (!before.isEmpty() && now.isEmpty()) {
            log.info("The relay is well again");
        }
    }

    private Optional<RelayFinding> notRunning() {
        try {
            return connector
                    .status()
                    .filter(status -> !status.isRunning())
                    .map(status -> new RelayFinding(
                            RelayFinding.Kind.NOT_RUNNING,
                            "Connector %s does not run: it is %s, its tasks are %s. Nothing is lost, nothing is published; see the watch of the façade or restart the task."
                                    .formatted(
                                            status.name(),
                                            status.state(),
                                            status.tasks().stream()
                                                    .map(ConnectorStatus.TaskStatus::state)
                                                    .toList())));
        } catch (ConnectFailure failure) {
            log.debug("The connector's status is not known", failure);
            return Optional.empty();
        }
    }

    /** The database may be away for a while; an exception would end the timer. */
    private void lookQuietly() {
        try {
            look();
        } catch (RuntimeException e) {
            log.warn("Looking after the outbox failed, the next look comes: {}", e.getMessage());
        }
    }
}
