package dev.strangler.benchmarks;

import java.io.PrintStream;
import java.util.UUID;

/** Business transactions with and without an appended event. */
final class OutboxCost {

    private final Workbench workbench;
    private final int writers;

    OutboxCost(Workbench workbench, int writers) {
        this.workbench = workbench;
        this.writers = writers;
    }

    void measure(int seconds, int rounds, PrintStream out) throws Exception {
        new SideBySide(writers, seconds, rounds, out)
                .measure(
                        "cost of an appended event",
                        () -> workbench.transaction().executeWithoutResult(status -> workbench.write()),
                        () -> workbench.transaction().executeWithoutResult(status -> {
                            workbench.write();
                            workbench.append(UUID.randomUUID().toString());
                        }));
    }
}
