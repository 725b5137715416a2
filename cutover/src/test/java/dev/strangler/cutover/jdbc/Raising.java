package dev.strangler.cutover.jdbc;

import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that raise counters without end, at whichever side owns them; remember what was acknowledged. */
final class Raising implements AutoCloseable {

    private static final String FENCED = "SF001";
    private static final long SEED = 20260301;

    private final MovedFeature moved;
    private final TrafficInMemory traffic;
    private final Duration pause;
    private final Map<String, Long> before;
    private final Map<String, AtomicLong> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isRunning = true;
    private volatile Exception failure;

    Raising(MovedFeature moved, TrafficInMemory traffic, int clients, Duration pause) {
        this.moved = moved;
        this.traffic = traffic;
        this.pause = pause;
        this.before = moved.raised(traffic.route().writes());
        for (var client = 0; client < clients; client++) {
            var random = new Random(SEED + client);
            var thread = new Thread(() -> raise(random), "client-" + client);
            threads.add(thread);
            thread.start();
        }
    }

    Map<String, Long> before() {
        return before;
    }

    Map<String, Long> acknowledged() {
        var all = new LinkedHashMap<String, Long>();
        acknowledged.forEach((id, times) -> all.put(id, times.get()));
        return all;
    }

    void awaitAcknowledged(int more) {
        var wanted = count.get() + more;
        await().atMost(Duration.ofSeconds(30)).until(() -> count.get() >= wanted || failure != null);
        if (failure != null) {
            throw new AssertionError("a client failed, seed " + SEED, failure);
        }
    }

    private void raise(Random random) {
        var connections = new EnumMap<Side, Connection>(Side.class);
        try {
            for (var side : Side.values()) {
                var connection = moved.dataSource(side).getConnection();
                connection.setAutoCommit(false);
                connections.put(side, connection);
            }
            while (isRunning) {
                var id = "counter-" + (1 + random.nextInt(MovedFeature.COUNTERS));
                raise(connections, id);
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (SQLException | InterruptedException broken) {
            failure = broken;
        } finally {
            connections.values().forEach(Raising::close);
        }
    }

    /** Asks again as long as a fence refuses: then nothing of it was done. */
    private void raise(Map<Side, Connection> connections, String id) throws SQLException, InterruptedException {
        while (isRunning) {
            var owner = traffic.owner();
            try {
                MovedFeature.raise(connections.get(owner), owner, id);
                acknowledged.computeIfAbsent(id, first -> new AtomicLong()).incrementAndGet();
                count.incrementAndGet();
                return;
            } catch (SQLException refused) {
                if (!FENCED.equals(refused.getSQLState())) {
                    throw refused;
                }
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    /** Lets every client finish what it is at. */
    void end() {
        isRunning = false;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }

    @Override
    public void close() {
        end();
    }
}
