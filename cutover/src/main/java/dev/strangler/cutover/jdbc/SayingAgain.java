package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.outbox.Unhurried;
import dev.strangler.outbox.relay.Lsn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Says an owner's newest events once more, however many there are, and keeps its writers waiting for a few of them alone.
 *
 * <p>Rounds: all that was published up to a position is said in bites, each a transaction of its own beside the writers. What they have committed
 * meanwhile may lie before an older event that was said again; the next round says it once more. There is less of it each time, since it is said
 * faster than it is written. When little is left, it is said behind the fence's lock, so that nothing newer can slip in before it.
 */
final class SayingAgain {

    /** That many events take some milliseconds, so what is left for the lock is no more than that. */
    private static final int BEHIND_THE_LOCK = 500;
    /** Nobody waits for it. */
    private static final int BITE = 2_000;
    /** Each round leaves a fraction of the one before. */
    private static final int ROUNDS = 20;
    /** To find the newest events among millions takes seconds, and so may a bite of large ones; neither holds anybody up. */
    private static final Duration BESIDE = Duration.ofMinutes(5);

    private static final String CLAIM = "hashtext('strangler.say_again'), hashtext(?)";

    private final FeatureName feature;
    private final DataSource database;

    private SayingAgain(FeatureName feature, DataSource database) {
        this.feature = feature;
        this.database = database;
    }

    /** Where an event lies. */
    private record Place(String lsn, String type, String id) {}

    /**
     * Says the newest event of each aggregate that was published at or behind that position.
     *
     * @return how many; empty if somebody else is at it
     * @throws dev.strangler.cutover.FenceHeld if writers had not ended again and again; what was said by then does no harm
     */
    static OptionalLong since(Lsn position, FeatureName feature, DataSource database) {
        try (var connection = database.getConnection()) {
            // The claim belongs to the connection, and goes with it whatever happens to this process.
            var one = new SingleConnectionDataSource(connection, true);
            if (!claim(feature, one)) {
                return OptionalLong.empty();
            }
            try {
                return OptionalLong.of(new SayingAgain(feature, one).sayAll(position.toString()));
            } finally {
                release(feature, connection);
            }
        } catch (SQLException away) {
            throw new CannotGetJdbcConnectionException("The owner of %s can't be asked".formatted(feature), away);
        }
    }

    private static boolean claim(FeatureName feature, DataSource database) {
        return JdbcClient.create(database)
                .sql("select pg_try_advisory_lock(%s)".formatted(CLAIM))
                .param(feature.value())
                .query(Boolean.class)
                .single();
    }

    /** A connection that can't be asked to let go must not be used again. */
    private static void release(FeatureName feature, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_unlock(%s)".formatted(CLAIM))) {
            statement.setString(1, feature.value());
            statement.execute();
        } catch (SQLException broken) {
            connection.abort(Runnable::run);
        }
    }

    private long sayAll(String since) {
        var from = since;
        var said = 0L;
        for (var round = 1; round <= ROUNDS; round++) {
            if (left(from) <= BEHIND_THE_LOCK) {
                return said + sayBehindTheFence(from);
            }
            var upto = still();
            var places = newest(from, upto, round > 1);
            for (var start = 0; start < places.size(); start += BITE) {
                said += say(places.subList(start, Math.min(places.size(), start + BITE)));
            }
            if (places.isEmpty()) {
                // Whatever has come since has nothing older behind it.
                return said;
            }
            from = upto;
        }
        throw new IllegalStateException(
                "After %d rounds the owner of %s has still written more than %d events in the last one, so no last word was found. Try again when it writes less."
                        .formatted(ROUNDS, feature, BEHIND_THE_LOCK));
    }

    private long left(String since) {
        return JdbcClient.create(database)
                .sql("select strangler.said_since(?, ?::pg_lsn, ?)")
                .params(feature.value(), since, BEHIND_THE_LOCK + 1)
                .query(Long.class)
                .single();
    }

    private String still() {
        return BehindTheFence.tried(
                feature,
                database,
                locked -> locked.sql("select strangler.fence_still(?)::text")
                        .param(feature.value())
                        .query(String.class)
                        .single());
    }

    private List<Place> newest(String since, String upto, boolean isOvertakenAlone) {
        return Unhurried.within(
                BESIDE,
                database,
                unhurried -> unhurried.query(
                        "select lsn::text, aggregatetype, aggregateid from strangler.newest_between(?, ?::pg_lsn, ?::pg_lsn, ?)",
                        (row, number) -> new Place(row.getString(1), row.getString(2), row.getString(3)),
                        feature.value(),
                        since,
                        upto,
                        isOvertakenAlone));
    }

    private long say(List<Place> bite) {
        return Unhurried.within(BESIDE, database, unhurried -> {
            var said = unhurried.queryForObject(
                    "select strangler.say_these(?, ?::pg_lsn[], ?, ?)",
                    Long.class,
                    feature.value(),
                    bite.stream().map(Place::lsn).toArray(String[]::new),
                    bite.stream().map(Place::type).toArray(String[]::new),
                    bite.stream().map(Place::id).toArray(String[]::new));
            return said == null ? 0L : said;
        });
    }

    private long sayBehindTheFence(String since) {
        return BehindTheFence.tried(
                feature,
                database,
                locked -> locked.sql("select strangler.say_again(?, ?::pg_lsn)")
                        .params(feature.value(), since)
                        .query(Long.class)
                        .single());
    }
}
