package dev.strangler.benchmarks;

import java.io.PrintStream;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Business transactions with and without an appended event: by JPA, as most monoliths write, and by bare JDBC, the hardest yardstick there is. */
final class OutboxCost {

    private final Workbench workbench;
    private final int writers;

    OutboxCost(Workbench workbench, int writers) {
        this.workbench = workbench;
        this.writers = writers;
    }

    void measure(int seconds, int rounds, PrintStream out) throws Exception {
        var sideBySide = new SideBySide(writers, seconds, rounds, out);
        try (var business = new BusinessTransactions(workbench)) {
            compare(sideBySide, "cost of an appended event, business row by JPA", business::byJpa);
            if (business.writtenByJpa() == 0) {
                throw new IllegalStateException("JPA has written nothing, so its figures mean nothing.");
            }
            compare(sideBySide, "cost of an appended event, business row by JDBC", business::byJdbc);
        }
    }

    private void compare(SideBySide sideBySide, String title, Consumer<Runnable> transaction) throws Exception {
        sideBySide.measure(
                title, () -> transaction.accept(() -> {}), () -> transaction.accept(() -> workbench.append(id())));
    }

    /** A writer has the id of what it writes already; making one here must not cost a lock that all writers share. */
    private static String id() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }
}
