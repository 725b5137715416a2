package dev.strangler.cutover.jdbc;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Writers that never tire: a row and an event in each transaction, whatever was refused before. */
final class FencedWriters implements AutoCloseable {

    private final FencedFeature feature;
    private final int isolation;
    private final String topic;
    private final ExecutorService threads;
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicReference<SQLException> failure = new AtomicReference<>();

    FencedWriters(FencedFeature feature, int isolation, int writers) {
        this(feature, isolation, writers, "things.v1");
    }

    FencedWriters(FencedFeature feature, int isolation, int writers, String topic) {
        this.topic = topic;
        this.feature = feature;
        this.isolation = isolation;
        this.threads = Executors.newFixedThreadPool(writers);
        for (int writer = 0; writer < writers; writer++) {
            threads.submit(this::write);
        }
    }

    void awaitCommits(int more) {
        awaitMore(commits, more);
    }

    void awaitRefusals(int more) {
        awaitMore(refusals, more);
    }

    private void awaitMore(AtomicLong counter, int more) {
        long reached = counter.get() + more;
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> counter.get() >= reached || failure.get() != null);
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    private void write() {
        try (var connection = feature.connect(isolation)) {
            while (writing.get()) {
                try {
                    run(connection, feature.insert());
                    run(connection, feature.event(UUID.randomUUID().toString(), topic));
                    connection.commit();
                    commits.incrementAndGet();
                } catch (SQLException refused) {
                    connection.rollback();
                    count(refused);
                }
            }
        } catch (SQLException unexpected) {
            failure.set(unexpected);
        }
    }

    private void count(SQLException refused) throws SQLException {
        if (!refused.getSQLState().equals("SF001")) {
            throw refused;
        }
        refusals.incrementAndGet();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws InterruptedException {
        writing.set(false);
        threads.shutdown();
        if (!threads.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS)) {
            throw new AssertionError("The writers do not end.");
        }
    }
}
