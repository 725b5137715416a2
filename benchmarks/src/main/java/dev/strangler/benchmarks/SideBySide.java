package dev.strangler.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Transactions per second in a closed loop, of two variants that take turns, the order turning round each time, so that the machine's moods
 * meet both. Half of the rounds warm up.
 */
final class SideBySide {

    private final int writers;
    private final int seconds;
    private final int rounds;
    private final PrintStream out;

    /** @param seconds per round and variant */
    SideBySide(int writers, int seconds, int rounds, PrintStream out) {
        this.writers = writers;
        this.seconds = seconds;
        this.rounds = rounds;
        this.out = out;
    }

    /** Prints each round, and the medians of those that count. */
    void measure(String what, Runnable without, Runnable with) throws Exception {
        List<Double> bare = new ArrayList<>();
        List<Double> burdened = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        out.printf("%s, %d writers, %d s a round, transactions per second%n", what, writers, seconds);
        for (var round = 1; round <= rounds; round++) {
            var bareFirst = round % 2 == 1;
            var first = perSecond(bareFirst ? without : with);
            var second = perSecond(bareFirst ? with : without);
            var bareNow = bareFirst ? first : second;
            var burdenedNow = bareFirst ? second : first;
            var warmingUp = round <= rounds / 2;
            out.printf(
                    "  round %d: without %,7.0f   with %,7.0f   kept %.2f%s%n",
                    round, bareNow, burdenedNow, burdenedNow / bareNow, warmingUp ? "   (warming up)" : "");
            if (!warmingUp) {
                bare.add(bareNow);
                burdened.add(burdenedNow);
                kept.add(burdenedNow / bareNow);
            }
        }
        out.printf(
                "  median:  without %,7.0f   with %,7.0f   kept %.2f of the writer's transactions (range %.2f to %.2f)%n",
                median(bare), median(burdened), median(kept), Collections.min(kept), Collections.max(kept));
    }

    private double perSecond(Runnable transaction) throws Exception {
        var pool = Executors.newFixedThreadPool(writers);
        try {
            var deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            Callable<Long> writer = () -> {
                var done = 0L;
                while (System.nanoTime() < deadline) {
                    transaction.run();
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
