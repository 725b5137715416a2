package dev.strangler.benchmarks;

import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.ReceivedEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * An even load of single-event transactions; for each, the time from before its commit to readable in Kafka ({@code poll} has returned it),
 * and to applied (the inbox's transaction has committed). One clock, one JVM for load, consumer and service.
 */
final class RelayLatency {

    private static final int WRITERS = 4;
    private static final Duration LAST_ARRIVAL = Duration.ofSeconds(30);

    private final Workbench workbench;
    private final ConcurrentMap<String, Long> committing = new ConcurrentHashMap<>();
    private final Histogram toKafka = new ConcurrentHistogram(3);
    private final Histogram toApplied = new ConcurrentHistogram(3);
    private volatile boolean recording;

    RelayLatency(Workbench workbench) {
        this.workbench = workbench;
    }

    void measure(int warmUp, int seconds, int rate, PrintStream out) throws Exception {
        workbench.relay();
        try (var arrivals = new Arrivals(workbench, (key, now) -> record(toKafka, key, now));
                var inbox = new Applying(workbench).inbox(new InboxListener() {
                    @Override
                    public void applied(String consumer, List<ReceivedEvent> events) {
                        var now = System.nanoTime();
                        events.forEach(event -> record(toApplied, event.aggregateId(), now));
                    }
                })) {
            inbox.start();
            load(Duration.ofSeconds(warmUp), rate);
            recording = true;
            var sent = load(Duration.ofSeconds(seconds), rate);
            awaitAll(sent);
            out.printf(
                    "latency at %d events/s for %d s after %d s of warm-up, from before the commit, ms%n",
                    rate, seconds, warmUp);
            print("readable in Kafka", toKafka, out);
            print("applied in a service", toApplied, out);
        }
    }

    private void record(Histogram histogram, String key, long now) {
        var start = committing.get(key);
        if (start != null) {
            histogram.recordValue(Math.max(0, now - start) / 1_000);
        }
    }

    private long load(Duration duration, int rate) throws Exception {
        var pause = Duration.ofSeconds(1).toNanos() * WRITERS / rate;
        ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS);
        try {
            var begun = System.nanoTime();
            var counts = new ArrayList<Future<Long>>();
            for (var writer = 0; writer < WRITERS; writer++) {
                var offset = pause / WRITERS * writer;
                counts.add(writers.submit(() -> writeEvenly(begun + offset, duration, pause)));
            }
            var sent = 0L;
            for (var count : counts) {
                sent += count.get(duration.toSeconds() + 60, TimeUnit.SECONDS);
            }
            return sent;
        } finally {
            writers.shutdownNow();
        }
    }

    private long writeEvenly(long begun, Duration duration, long pause) {
        var sent = 0L;
        while (sent * pause < duration.toNanos()) {
            var due = begun + sent * pause;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            writeOne();
            sent++;
        }
        return sent;
    }

    private void writeOne() {
        var id = UUID.randomUUID().toString();
        workbench.transaction().executeWithoutResult(status -> {
            workbench.write();
            workbench.append(id);
            if (recording) {
                committing.put(id, System.nanoTime());
            }
        });
    }

    private void awaitAll(long sent) {
        var deadline = System.nanoTime() + LAST_ARRIVAL.toNanos();
        while ((toKafka.getTotalCount() < sent || toApplied.getTotalCount() < sent) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        if (toApplied.getTotalCount() < sent) {
            throw new IllegalStateException("Of %,d events %,d arrived in Kafka and %,d were applied within %s."
                    .formatted(sent, toKafka.getTotalCount(), toApplied.getTotalCount(), LAST_ARRIVAL));
        }
    }

    private static void print(String what, Histogram histogram, PrintStream out) {
        out.printf(
                "  %-22s p50 %6.1f   p90 %6.1f   p99 %6.1f   p99.9 %6.1f   max %6.1f   (%,d events)%n",
                what,
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(90) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getValueAtPercentile(99.9) / 1e3,
                histogram.getMaxValue() / 1e3,
                histogram.getTotalCount());
    }
}
