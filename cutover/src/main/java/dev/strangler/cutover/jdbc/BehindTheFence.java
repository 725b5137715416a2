package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceHeld;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Short work that takes a fence's lock for itself alone: new writers queue behind each attempt, and flow between two of them. */
final class BehindTheFence {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int ATTEMPTS = 5;
    private static final Duration ATTEMPT = Duration.ofMillis(200);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private BehindTheFence() {}

    /**
     * Does the work in a transaction that gives up waiting for a lock soon, and tries it some times.
     *
     * @throws FenceHeld if writers had not ended again and again; nothing was done
     */
    static <T> T tried(FeatureName feature, DataSource database, Function<JdbcClient, T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return done(database, work);
            } catch (DataAccessException failure) {
                if (!isHeld(failure)) {
                    throw failure;
                }
                if (attempt == ATTEMPTS) {
                    throw new FenceHeld(feature, ATTEMPT, new JdbcFence(feature, database).blockers(), failure);
                }
                LockSupport.parkNanos(BETWEEN.multipliedBy(attempt).toNanos());
            }
        }
    }

    private static <T> T done(DataSource database, Function<JdbcClient, T> work) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        return transaction.execute(status -> {
            new JdbcTemplate(database)
                    .execute("set transaction isolation level read committed; set local lock_timeout = "
                            + ATTEMPT.toMillis());
            return work.apply(JdbcClient.create(database));
        });
    }

    private static boolean isHeld(DataAccessException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }
}
