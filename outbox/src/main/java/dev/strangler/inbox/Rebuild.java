package dev.strangler.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds a projection anew from the log while the live one goes on answering and following, then makes the live one equal
 * to it.
 *
 * <p>The same handler fills the same tables in a second schema, as consumer {@code <name>.rebuild}, from the beginning of the log to
 * where the live consumer is. Then the live consumer's positions are held, the last records applied, the rows that differ exchanged and the versions taken
 * over, all in one transaction. Readers see the rows of before or of after; they never see none and never wait.
 *
 * <p>A rebuild that did not come to its end is recognised by the next one, which starts afresh.
 */
public final class Rebuild {

    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);

    private static final int MORE_PARKED = 3;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final InboxHandler handler;
    private final Projection projection;
    private final InboxSettings settings;
    private final DataSource dataSource;
    private final PlatformTransactionManager transactionManager;
    private final JdbcTemplate jdbc;
    private final String live;
    private final ShadowTables shadow;
    private Duration stalled = Duration.ofMinutes(5);
    private boolean forgetting;

    /**
     * A rebuild that can be {@link #run} any number of times.
     *
     * @param dataSource the database of the projection; needs four connections for the time of the rebuild
     * @param transactionManager must manage transactions of that data source
     */
    public Rebuild(
            InboxHandler handler,
            Projection projection,
            InboxSettings settings,
            DataSource dataSource,
            PlatformTransactionManager transactionManager) {
        Consumers.check(handler);
        this.handler = handler;
        this.projection = projection;
        this.settings = settings.withVerdictInterval(LOOK);
        this.dataSource = dataSource;
        this.transactionManager = transactionManager;
        this.jdbc = new JdbcTemplate(dataSource);
        this.live = handler.consumer();
        this.shadow = new ShadowTables(jdbc, live);
    }

    /** Lets aggregates go that the live projection knows and the log does not, or only in an older version. */
    public Rebuild forgetting() {
        forgetting = true;
        return this;
    }

    /** Gives up after so long without progress instead of five minutes. */
    Rebuild givingUpAfter(Duration limit) {
        stalled = limit;
        return this;
    }

    /** The consumer whose projection it is. */
    public String consumer() {
        return live;
    }

    /**
     * Rebuilds; returns when the live projection is equal to the log. Takes as long as applying the whole log.
     *
     * @throws RebuildRefused if it cannot be done, goes on already elsewhere, makes no progress for five minutes, or would
     *     lose something; the live projection is untouched then
     */
    public RebuildReport run() {
        long started = System.nanoTime();
        try (var connection = dataSource.getConnection()) {
            lock(connection);
            try {
                return run(new SingleConnectionDataSource(connection, true), started);
            } finally {
                unlock(connection);
            }
        } catch (SQLException e) {
            throw new RebuildRefused(
                    "The rebuild of '%s' has lost its database: %s. The live projection is as it was; start again."
                            .formatted(live, e.getMessage()),
                    e);
        }
    }

    private RebuildReport run(SingleConnectionDataSource own, long started) {
        var sealed = Seal.of(handler, Consuming.live(live), jdbc).reason();
        if (sealed != null) {
            throw new RebuildRefused(
                    "Consumer '%s' has ended, so there is nothing to rebuild. %s".formatted(live, sealed));
        }
        var tables = LiveTables.of(jdbc, projection, handler.isApplier() ? settings.applierRole() : "");
        var positions = new Positions(jdbc, live).read();
        if (positions.isEmpty()) {
            throw new RebuildRefused(
                    "Consumer '%s' has no position in any partition, at least one is needed. Start it first; a new consumer reads the whole log anyway."
                            .formatted(live));
        }
        try {
            var reader = prepare(tables, positions);
            var consuming = new Consuming(shadow.consumer(), searchPath());
            // More parked records than the live consumer has would be refused in the end anyway.
            var strict =
                    settings.withParkedLimit(new Parking(jdbc, live, 0).keys().total() + MORE_PARKED);
            try (var following = new Following(handler, consuming, strict, jdbc, transactionManager, reader)) {
                var backOff =
                        new BackOff(settings.firstBackOff(), settings.longestBackOff(), RandomGenerator.getDefault());
                var arrived = new Approach(
                                live, following, tables, own, backOff, settings.maxBatch(), stalled, forgetting)
                        .arrive();
                var report = new RebuildReport(
                        live,
                        arrived.swapped().rows(),
                        arrived.swapped().changed(),
                        arrived.held(),
                        Duration.ofNanos(System.nanoTime() - started));
                log.info("The projection of '{}' is rebuilt: {}", live, report);
                return report;
            }
        } catch (RuntimeException e) {
            removeQuietly();
            throw e;
        }
    }

    /** The second schema alone, so that a table that was not named is missed loudly instead of written live. */
    private String searchPath() {
        var path = new ArrayList<String>();
        path.add(LiveTable.quoted(shadow.schema()));
        projection.reading().forEach(schema -> path.add(LiveTable.quoted(schema)));
        return String.join(", ", path);
    }

    private ReadingUpTo prepare(LiveTables tables, Map<TopicPartition, Long> positions) {
        new TransactionTemplate(transactionManager).executeWithoutResult(status -> {
            shadow.removeLeftOvers();
            shadow.create(tables);
        });
        return new ReadingUpTo(settings, positions, skipped());
    }

    /** What operators have skipped stays skipped. */
    private Set<ReadingUpTo.Place> skipped() {
        return new HashSet<>(jdbc.query(
                "select topic, partition, \"offset\" from strangler.inbox_skipped where consumer = ?",
                (row, number) ->
                        new ReadingUpTo.Place(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)),
                live));
    }

    private void removeQuietly() {
        try {
            new TransactionTemplate(transactionManager).executeWithoutResult(status -> shadow.remove());
        } catch (RuntimeException e) {
            log.warn("What the rebuild of '{}' has left could not be removed now; the next one will.", live, e);
        }
    }

    private void lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, shadow.consumer());
            try (var row = statement.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    throw new RebuildInProgress(live);
                }
            }
        }
    }

    private void unlock(Connection connection) {
        try (var statement = connection.prepareStatement("select pg_advisory_unlock(hashtextextended(?, 0))")) {
            statement.setString(1, shadow.consumer());
            statement.execute();
        } catch (SQLException e) {
            log.debug("The lock of the rebuild of '{}' has gone with its connection.", live, e);
        }
    }
}
