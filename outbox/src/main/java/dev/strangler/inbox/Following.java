package dev.strangler.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The handler at work in the second schema, on a thread of its own. */
final class Following implements AutoCloseable {

    private final InboxHandler handler;
    private final Consuming consuming;
    private final InboxSettings settings;
    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactionManager;
    private final ReadingUpTo reader;
    private final Positions positions;

    private @Nullable InboxLoop loop;
    private @Nullable Thread thread;

    Following(
            InboxHandler handler,
            Consuming consuming,
            InboxSettings settings,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            ReadingUpTo reader) {
        this.handler = handler;
        this.consuming = consuming;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transactionManager = transactionManager;
        this.reader = reader;
        this.positions = new Positions(jdbc, consuming.name());
    }

    void start() {
        var applying = new ApplyingEvents(
                handler, consuming, jdbc, transactionManager, settings, InboxListener.NONE, InboxTracing.NONE);
        var started = new InboxLoop(
                consuming,
                settings,
                reader,
                applying,
                InboxListener.NONE,
                new BackOff(settings.firstBackOff(), settings.longestBackOff(), RandomGenerator.getDefault()));
        loop = started;
        thread = new Thread(started, "inbox-" + consuming.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** How far it is, as committed. */
    Map<TopicPartition, Long> positions() {
        return positions.read();
    }

    void extendTo(Map<TopicPartition, Long> live) {
        reader.extendTo(live);
    }

    /** Why it will not go on by itself, if it will not. */
    Optional<String> refusal() {
        return loop == null
                ? Optional.empty()
                : loop.status().partitions().stream()
                        .filter(lag -> lag.flow() == Flow.REFUSED && lag.reason() != null)
                        .map(lag -> String.valueOf(lag.reason()))
                        .findFirst();
    }

    /** Why it does not go on, if it does not. */
    String trouble() {
        if (loop == null) {
            return "it was not started";
        }
        var status = loop.status();
        if (status.trouble() != null) {
            return status.trouble();
        }
        return status.partitions().stream()
                .filter(lag -> lag.reason() != null)
                .map(lag -> lag.topic() + "-" + lag.partition() + ": " + lag.reason())
                .findFirst()
                .orElse("no reason is known");
    }

    /** Returns when its thread has ended; what it was doing is committed or rolled back then. */
    @Override
    public void close() {
        if (loop == null || thread == null) {
            return;
        }
        loop.stop();
        end(thread, settings.stopLimit());
        if (thread.isAlive()) {
            thread.interrupt();
            end(thread, Duration.ofSeconds(2));
        }
        if (thread.isAlive()) {
            throw new RebuildRefused("The rebuild '%s' cannot be stopped within %s; the handler does not return."
                    .formatted(consuming.name(), settings.stopLimit()));
        }
        thread = null;
    }

    private static void end(Thread thread, Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
