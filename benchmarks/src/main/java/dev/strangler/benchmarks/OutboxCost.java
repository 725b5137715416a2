package dev.strangler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Business transactions per second in a closed loop, with and without an appended event, the variants taking turns and the order turning
 * round each time, so that the machine's moods meet both.
 */
final class OutboxCost {

    private final Workbench workbench;
    private final int writers;

    OutboxCost(Workbench workbench, int writers) {
        this.workbench = workbench;
        this.writers = writers;
    }

    void measure(int seconds, int rounds, PrintStream out) throws Exception {
        List<Double> bare = new ArrayList<>();
        List<Double> appending = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        out.printf("cost of an appended event, %d writers, %d s a round, transactions per second%n", writers, seconds);
        for (var round = 1; round <= rounds; round++) {
            var bareFirst = round % 2 == 1;
            var first = loop(seconds, !bareFirst);
            var second = loop(seconds, bareFirst);
            var without = bareFirst ? first : second;
            var with = bareFirst ? second : first;
            var warmingUp = round <= rounds / 2;
            out.printf(
                    "  round %d: without %,7.0f   with %,7.0f   kept %.2f%s%n",
                    round, without, with, with / without, warmingUp ? "   (warming up)" : "");
            if (!warmingUp) {
                bare.add(without);
                appending.add(with);
                kept.add(with / without);
            }
        }
        out.printf(
                "  median:  without %,7.0f   with %,7.0f   kept %.2f of the writer's transactions (range %.2f to %.2f)%n",
                median(bare), median(appending), median(kept), Collections.min(kept), Collections.max(kept));
    }

    private double loop(int seconds, boolean appending) throws Exception {
        var pool = Executors.newFixedThreadPool(writers);
        try {
            var deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            Callable<Long> writer = () -> {
                var done = 0L;
                while (System.nanoTime() < deadline) {
                    workbench.transaction().executeWithoutResult(status -> {
                        workbench.write();
                        if (appending) {
                            workbench.append(UUID.randomUUID().toString());
                        }
                    });
                    done++;
                }
                return done;
            };
            var total = 0L;
            for (var writes : pool.invokeAll(Collections.nCopies(writers, writer))) {
                total += writes.get();
            }
            return (double) total / seconds;
        } finally {
            pool.shutdownNow();
        }
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
