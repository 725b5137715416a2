package dev.strangler.inbox;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Reads topics and hands their events to an {@link InboxHandler} so that their effects happen exactly once, though events
 * are delivered at least once.
 *
 * <p>The next offset of each partition is kept in the consumer's database and moved, by compare-and-set, in the transaction that
 * holds the effects; so a crash at any moment, a redelivery, or an instance that was believed dead changes nothing. Versions guard each
 * aggregate: what is not newer is dropped. A record that cannot be applied parks its key; everything else flows on.
 *
 * <p>Several instances of the same consumer share its partitions. The schema {@code strangler} must exist in the database.
 */
public final class Inbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final InboxHandler handler;
    private final InboxSettings settings;
    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactionManager;
    private final InboxListener listener;
    private final InboxTracing tracing;

    private volatile @Nullable InboxLoop loop;
    private volatile @Nullable Thread thread;
    private @Nullable Thread leftBehind;

    /**
     * An inbox that is not started yet.
     *
     * @param dataSource the database of the effects, the one that the handler uses too
     * @param transactionManager must manage transactions of that data source
     * @throws IllegalArgumentException if the handler's consumer name or topics cannot be used
     */
    public Inbox(
            InboxHandler handler,
            InboxSettings settings,
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            InboxListener listener,
            InboxTracing tracing) {
        Consumers.check(handler);
        this.handler = handler;
        this.settings = settings;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactionManager = transactionManager;
        this.listener = new QuietListener(listener);
        this.tracing = tracing;
    }

    /** The name of its consumer. */
    public String consumer() {
        return handler.consumer();
    }

    /**
     * Starts reading on a thread of its own; no-op if it reads already. Neither database nor broker need be there yet.
     *
     * @throws IllegalStateException if a thread that was stopped has not ended yet
     */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        if (leftBehind != null && leftBehind.isAlive()) {
            throw new IllegalStateException(
                    "Consumer '%s' cannot start: its handler has not returned since it was stopped, and one thread may read at a time. Start it again once thread '%s' has ended, or start a new process."
                            .formatted(consumer(), leftBehind.getName()));
        }
        var consuming = Consuming.live(handler.consumer());
        var applying = new ApplyingEvents(handler, consuming, jdbc, transactionManager, settings, listener, tracing);
        var started = new InboxLoop(
                consuming,
                settings,
                new LogReader.Sharing(settings, handler.consumer(), handler.topics()),
                applying,
                listener,
                new BackOff(settings.firstBackOff(), settings.longestBackOff(), RandomGenerator.getDefault()));
        loop = started;
        var own = new Thread(started, "inbox-" + handler.consumer());
        own.setDaemon(true);
        own.start();
        thread = own;
    }

    /**
     * Stops after the transaction at hand; returns when the thread has ended. One that does not end within the stop limit is
     * interrupted; its transaction is rolled back or committed as a whole, so nothing is lost either way.
     */
    public synchronized void stop() {
        var current = loop;
        var own = thread;
        if (current == null || own == null) {
            return;
        }
        current.stop();
        if (!hasEnded(own, settings.stopLimit())) {
            log.warn("Consumer '{}' has not stopped within {}, it is interrupted.", consumer(), settings.stopLimit());
            own.interrupt();
            if (!hasEnded(own, Duration.ofSeconds(2))) {
                log.error("Consumer '{}' does not react; its thread is left behind.", consumer());
                leftBehind = own;
            }
        }
        thread = null;
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /** Whether it was started and not stopped. */
    public boolean isRunning() {
        var own = thread;
        return own != null && own.isAlive();
    }

    /** What it is doing, as of its last turn (at most some hundred milliseconds ago, unless a batch takes longer). */
    public InboxStatus status() {
        var current = loop;
        return current == null ? new InboxStatus(consumer(), false, null, 0, 0, null, List.of()) : current.status();
    }

    /** How far it is behind, in the partitions that this instance reads. */
    public List<InboxLag> lag() {
        return status().partitions();
    }

    private static boolean hasEnded(Thread thread, Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
