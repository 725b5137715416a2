package dev.strangler.benchmarks;

import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * The same log read by the PostgreSQL driver alone and thrown away: nothing is decoded, nothing sent on. A relay's rate means something
 * only beside it, as machines differ by a factor.
 */
final class PlainReading {

    private static final byte INSERT = 'I';

    private final Workbench workbench;

    PlainReading(Workbench workbench) {
        this.workbench = workbench;
    }

    /** Reads so many inserts of the outbox; returns the rate from the first to the last, per second. */
    double rate(String slot, String publication, int events, Duration limit) throws SQLException {
        var deadline = System.nanoTime() + limit.toNanos();
        try (var connection = DriverManager.getConnection(workbench.urlOfWriter(), replication());
                var stream = connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(slot)
                        .withSlotOption("proto_version", 1)
                        .withSlotOption("publication_names", publication)
                        .start()) {
            var first = 0L;
            for (var seen = 0; seen < events; ) {
                var message = stream.readPending();
                if (message == null) {
                    requireTime(deadline, seen, events, limit);
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                } else if (isInsert(message)) {
                    seen++;
                    first = first == 0 ? System.nanoTime() : first;
                }
            }
            return events * 1e9 / (System.nanoTime() - first);
        }
    }

    private static boolean isInsert(ByteBuffer message) {
        return message.get(message.position()) == INSERT;
    }

    private static void requireTime(long deadline, int seen, int events, Duration limit) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("Of %,d events %,d were read within %s.".formatted(events, seen, limit));
        }
    }

    private Properties replication() {
        var properties = new Properties();
        PGProperty.USER.set(properties, workbench.superuser());
        PGProperty.PASSWORD.set(properties, workbench.superuserPassword());
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.4");
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return properties;
    }
}
