package dev.strangler.benchmarks;

import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayTopics;
import dev.strangler.outbox.relay.TopicSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A standing backlog: the slot is there, the events are committed, one per transaction, and only then does the relay start. Every
 * round reads the same write-ahead log, through a copy of the slot.
 */
final class Backlog {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Workbench workbench;

    Backlog(Workbench workbench) {
        this.workbench = workbench;
    }

    void measure(int events, int rounds, PrintStream out) throws Exception {
        out.printf("backlog of %,d events of %d bytes, one per transaction%n", events, Workbench.PAYLOAD.length());
        write(events);
        workbench.setup(); // connects before anything is timed
        for (var round = 0; round <= rounds; round++) {
            copySlot(round);
        }
        var plain = new PlainReading(workbench)
                .rate(connector(0).slot(), workbench.connector().publication(), events, LIMIT);
        out.printf("  the log read by the driver and thrown away: %,.0f events/s%n", plain);
        for (var round = 1; round <= rounds; round++) {
            var drained = drain(round, events);
            out.printf(
                    "  relay round %d: %,.0f events/s to Kafka, %.2f of that; processor seconds per 100,000: %s%s%n",
                    round, drained.rate(), drained.rate() / plain, drained.used(), round == 1 ? "   (cold)" : "");
            if (round == 1) {
                new Applying(workbench).measure(events, out);
            }
        }
    }

    private void write(int events) throws Exception {
        var next = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writers = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(number -> pool.submit(() -> {
                        while (next.getAndIncrement() < events) {
                            workbench
                                    .transaction()
                                    .executeWithoutResult(status ->
                                            workbench.append(UUID.randomUUID().toString()));
                        }
                    }))
                    .toList();
            for (var writer : writers) {
                writer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void copySlot(int round) {
        new JdbcTemplate(workbench.administratorOfWriter())
                .queryForList(
                        "select pg_copy_logical_replication_slot(?, ?)",
                        workbench.connector().slot(),
                        connector(round).slot());
    }

    private RelayConnector connector(int round) {
        var usual = workbench.connector();
        return new RelayConnector(
                usual.name() + "-round-" + round,
                usual.host(),
                usual.port(),
                usual.database(),
                usual.username(),
                usual.password(),
                usual.slot() + "_round_" + round,
                usual.publication(),
                usual.pace());
    }

    private record Drained(double rate, String used) {}

    private Drained drain(int round, int events) throws Exception {
        var connector = connector(round);
        prepareTopics(connector);
        var before = ProcessorTime.of(workbench.parts());
        try (var growth = TopicGrowth.of(Workbench.TOPIC, workbench.bootstrap())) {
            workbench.setup().register(connector);
            var rate = growth.rate(events, LIMIT);
            return new Drained(rate, ProcessorTime.of(workbench.parts()).since(before, events));
        } finally {
            workbench.connect().delete(connector.name());
        }
    }

    private void prepareTopics(RelayConnector connector) {
        var topics = new RelayTopics(workbench.bootstrap());
        topics.ensure(List.of(Workbench.TOPIC), TopicSettings.standard());
        topics.ensureHeartbeat(connector);
    }
}
