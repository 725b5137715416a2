package dev.strangler.benchmarks;

import dev.strangler.inbox.Inbox;
import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.InboxTracing;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.outbox.StranglerSchema;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A service's inbox, applying to a database of its own. */
final class Applying {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Workbench workbench;

    Applying(Workbench workbench) {
        this.workbench = workbench;
    }

    /** An inbox that keeps a copy of every order, not yet started. */
    Inbox inbox(InboxListener listener) {
        StranglerSchema.migrate(workbench.reader());
        return new Inbox(
                new CopyingOrders(workbench.reader()),
                InboxSettings.of(workbench.bootstrap()),
                workbench.reader(),
                new JdbcTransactionManager(workbench.reader()),
                listener,
                InboxTracing.NONE);
    }

    /** Applies what stands in the topic and prints the rate, from the first committed batch to the last. */
    void measure(int events, PrintStream out) throws InterruptedException {
        var applied = new CountDownLatch(events);
        var first = new AtomicLong();
        var last = new AtomicLong();
        var inFirstBatch = new AtomicLong();
        try (var inbox = inbox(new InboxListener() {
            @Override
            public void applied(String consumer, List<ReceivedEvent> batch) {
                var now = System.nanoTime();
                if (first.compareAndSet(0, now)) {
                    inFirstBatch.set(batch.size());
                }
                last.set(now);
                batch.forEach(event -> applied.countDown());
            }
        })) {
            inbox.start();
            if (!applied.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "%,d of %,d events were not applied within %s.".formatted(applied.getCount(), events, LIMIT));
            }
        }
        var rows = new JdbcTemplate(workbench.reader()).queryForObject("select count(*) from order_copy", Long.class);
        out.printf(
                "  inbox: %,.0f events/s applied, %,d rows%n",
                (events - inFirstBatch.get()) * 1e9 / Math.max(1, last.get() - first.get()), rows);
    }
}
