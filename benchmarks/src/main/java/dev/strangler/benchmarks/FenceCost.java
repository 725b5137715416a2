package dev.strangler.benchmarks;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.jdbc.JdbcFence;
import dev.strangler.cutover.jdbc.SideSchema;
import dev.strangler.outbox.EventTopics;
import dev.strangler.outbox.Origin;
import dev.strangler.outbox.Outbox;
import dev.strangler.outbox.OutboxEvent;
import dev.strangler.outbox.Outboxes;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the fence costs those who write under it, and how long closing it takes while they do. */
final class FenceCost {

    private static final FeatureName FEATURE = new FeatureName("orders");
    private static final int BATCH = 20;
    private static final Duration UNDISTURBED = Duration.ofMillis(200);

    private final Side bare;
    private final Side fenced;
    private final JdbcFence fence;
    private final int writers;

    FenceCost(Workbench workbench, int writers) {
        this.writers = writers;
        this.bare = new Side(workbench.furtherDatabase("bare"));
        var database = workbench.furtherDatabase("fenced");
        this.fenced = new Side(database);
        fenced.fence();
        this.fence = new JdbcFence(FEATURE, database);
    }

    void measure(int seconds, int rounds, int handovers, PrintStream out) throws Exception {
        var turns = new SideBySide(writers, seconds, rounds, out);
        turns.measure("cost of a fence: one row and one event", () -> bare.write(1), () -> fenced.write(1));
        turns.measure(
                "cost of a fence: %d rows in a batch and one event".formatted(BATCH),
                () -> bare.write(BATCH),
                () -> fenced.write(BATCH));
        close(handovers, out);
    }

    /** Closes and opens under load; what is measured is the wait until the fence is closed with its markers. */
    private void close(int handovers, PrintStream out) throws Exception {
        var micros = new Histogram(Duration.ofMinutes(1).toNanos() / 1000, 3);
        var writing = new AtomicBoolean(true);
        var pool = Executors.newFixedThreadPool(writers);
        try {
            Callable<Long> writer = () -> writeWhile(writing);
            var writes = Collections.nCopies(writers, writer).stream()
                    .map(pool::submit)
                    .toList();
            for (long epoch = 0; epoch < handovers; epoch++) {
                LockSupport.parkNanos(UNDISTURBED.toNanos());
                micros.recordValue(closeAndOpen(epoch));
            }
            writing.set(false);
            out.printf(
                    "closing it under %d writers, %d times: p50 %.1f ms, p95 %.1f ms, max %.1f ms (%,d transactions committed meanwhile)%n",
                    writers,
                    handovers,
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(95) / 1000.0,
                    micros.getMaxValue() / 1000.0,
                    total(writes));
        } finally {
            pool.shutdownNow();
        }
    }

    private long closeAndOpen(long epoch) {
        var operation = new OperationId("handover-" + epoch);
        var markers = List.of(new Marker(Workbench.TOPIC, operation + "#0", "bench"));
        var begun = System.nanoTime();
        fence.close(new Epoch(epoch), operation, markers, Duration.ofSeconds(10));
        var closed = System.nanoTime();
        fence.open(new Epoch(epoch + 1), operation);
        fence.enforce();
        return (closed - begun) / 1000;
    }

    private long writeWhile(AtomicBoolean writing) {
        var done = 0L;
        while (writing.get()) {
            try {
                fenced.write(1);
                done++;
            } catch (DataAccessException refused) {
                // tried again at once, as clients do
            }
        }
        return done;
    }

    private static long total(List<Future<Long>> writes) throws Exception {
        var total = 0L;
        for (var written : writes) {
            total += written.get();
        }
        return total;
    }

    /** A database with a table and an outbox. */
    private static final class Side {

        private final JdbcTemplate jdbc;
        private final TransactionTemplate transaction;
        private final Outbox outbox;

        Side(DataSource database) {
            SideSchema.migrate(database);
            jdbc = new JdbcTemplate(database);
            transaction = new TransactionTemplate(new JdbcTransactionManager(database));
            outbox = Outboxes.on(database, new Origin("bench"), new EventTopics(Map.of("Order", Workbench.TOPIC)))
                    .open();
            jdbc.execute(
                    "create table business (id bigint generated always as identity primary key, body text not null)");
        }

        void fence() {
            jdbc.queryForList("select strangler.fence_feature(?, 'MONOLITH', '{Order}')", FEATURE.value());
            jdbc.queryForList("select strangler.fence_table(?, 'business')", FEATURE.value());
        }

        void write(int rows) {
            transaction.executeWithoutResult(status -> {
                jdbc.batchUpdate(
                        "insert into business (body) values (?)",
                        Collections.nCopies(rows, new Object[] {Workbench.PAYLOAD}));
                outbox.append(new OutboxEvent(
                        "Order", UUID.randomUUID().toString(), 1, "OrderPlaced", 1, Workbench.PAYLOAD, Instant.EPOCH));
            });
        }
    }
}
