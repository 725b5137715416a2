package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Utils;

/**
 * Carries one side's outbox straight to the other side, without a log between: what is committed is seen by the next look, and markers
 * are written down after everything that the same look has found.
 */
final class DirectRelay implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(5);

    private final MovedFeature feature;
    private final Side from;
    private final Thread thread;
    private final Set<String> seen = new HashSet<>();
    private volatile boolean isRunning = true;
    volatile boolean isCut;
    volatile Exception failure;

    DirectRelay(MovedFeature feature, Side from) {
        this.feature = feature;
        this.from = from;
        this.thread = new Thread(this::run, "relay-from-" + from);
        thread.start();
    }

    private void run() {
        try (var source = feature.dataSource(from).getConnection();
                var target = feature.dataSource(from.other()).getConnection()) {
            target.setAutoCommit(false);
            while (isRunning) {
                if (!isCut) {
                    carry(source, target);
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (SQLException broken) {
            failure = broken;
        }
    }

    private void carry(Connection source, Connection target) throws SQLException {
        try (var rows = source.prepareStatement("""
                        select id, aggregatetype, aggregateid, aggregateversion, payload, topic from strangler.outbox
                         where created_at > now() - interval '20 seconds' order by aggregatetype = 'strangler.Marker', aggregateversion
                        """).executeQuery()) {
            while (rows.next()) {
                if (seen.add(rows.getString(1))) {
                    if (rows.getString(2).equals("strangler.Marker")) {
                        mark(target, rows.getString(6), rows.getString(3));
                    } else {
                        apply(target, rows.getString(3), rows.getLong(4), Long.parseLong(rows.getString(5)));
                    }
                }
            }
        }
        target.commit();
    }

    private void apply(Connection target, String id, long version, long raised) throws SQLException {
        try (var role = target.createStatement();
                var upsert = target.prepareStatement("""
                        insert into counter (id, version, raised) values (?, ?, ?)
                        on conflict (id) do update set version = excluded.version, raised = excluded.raised
                         where counter.version < excluded.version
                        """)) {
            role.execute("set local role " + feature.database(from.other()).applier());
            upsert.setString(1, id);
            upsert.setLong(2, version);
            upsert.setLong(3, raised);
            upsert.executeUpdate();
            role.execute("reset role");
        }
    }

    private static void mark(Connection target, String topic, String key) throws SQLException {
        try (var marker = target.prepareStatement(
                "insert into strangler.inbox_marker (consumer, topic, partition, marker) values ('intake', ?, ?, ?)")) {
            marker.setString(1, topic);
            marker.setInt(2, Utils.toPositive(Utils.murmur2(key.getBytes())) % MovedFeature.PARTITIONS);
            marker.setString(3, key.substring(0, key.lastIndexOf('#')));
            marker.executeUpdate();
        }
    }

    @Override
    public void close() throws InterruptedException {
        isRunning = false;
        thread.join();
    }
}
