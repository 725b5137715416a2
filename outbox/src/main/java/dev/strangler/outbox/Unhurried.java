package dev.strangler.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Work that takes as long as there are rows, over connections whose limits are made for short statements. */
public final class Unhurried {

    private static final Logger log = LoggerFactory.getLogger(Unhurried.class);

    /** Past the statement's own end, so that the database says first that it was too long. */
    private static final Duration ANSWERING = Duration.ofSeconds(5);

    private Unhurried() {}

    /**
     * Does the work in one transaction, in which a statement may take that long. The connection's own limits hold again afterwards.
     *
     * @param limit at most 24 days, which is what a connection can count
     */
    public static <T> T within(Duration limit, DataSource database, Function<JdbcTemplate, T> work) {
        var jdbc = new JdbcTemplate(database);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        return transaction.execute(status -> jdbc.execute((ConnectionCallback<T>) connection -> {
            var before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limit.plus(ANSWERING).toMillis()));
            try {
                jdbc.execute("set local statement_timeout = " + limit.toMillis());
                return work.apply(jdbc);
            } finally {
                limit(connection, before);
            }
        }));
    }

    /** A connection that broke over the work has no limit to be given back; what broke it is what is to be told. */
    private static void limit(Connection connection, int milliseconds) {
        try {
            connection.setNetworkTimeout(Runnable::run, milliseconds);
        } catch (SQLException broken) {
            log.debug("A connection is no longer there to get its limit back", broken);
        }
    }
}
