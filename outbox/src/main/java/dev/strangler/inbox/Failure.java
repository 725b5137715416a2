package dev.strangler.inbox;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/** Whose fault it is that events could not be applied, which decides what happens to them. */
enum Failure {

    /** The database's: everything waits until it is back, and nothing is ever parked. */
    AWAY,

    /** Something that the events need is away or slow: their partition waits, and nothing is ever parked. */
    LATER,

    /** There is no room left to park, or not where the record belongs: the partition stops until an operator has made some. */
    FULL,

    /** Another instance has moved the position: what was done here is rolled back and the position is read again. */
    LOST,

    /**
     * Of whoever published it: it decides about what this side owns itself. No waiting makes that right, so after the usual attempts its key is
     * parked, for an operator to see, and the partition flows on.
     */
    FOREIGN,

    /** The events' own: the one that causes it is looked for and its key parked. */
    POISON;

    /** What the kit's fence answers to whoever may not write at the moment. */
    private static final String FENCED = "SF001";

    /** What it answers to whoever applies another side's decision where the owner is. */
    private static final String OWNED = "SF003";

    /** Whether the event is tried only so often, and its key parked then. */
    boolean isOfTheEvent() {
        return this == POISON || this == FOREIGN;
    }

    static Failure of(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 30; cause = cause.getCause(), depth++) {
            var verdict = ofOne(cause);
            if (verdict != null) {
                return verdict;
            }
        }
        return POISON;
    }

    private static @Nullable Failure ofOne(Throwable cause) {
        if (cause instanceof RetryLater
                || cause instanceof QueryTimeoutException
                || cause instanceof TransactionTimedOutException) {
            return LATER;
        }
        if (cause instanceof PositionLost) {
            return LOST;
        }
        if (cause instanceof ParkingFull || cause instanceof PlaceTaken) {
            return FULL;
        }
        if (cause instanceof CannotCreateTransactionException
                || cause instanceof DataAccessResourceFailureException
                || cause instanceof RecoverableDataAccessException
                || cause instanceof TransientDataAccessException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLTransientException
                || cause instanceof SQLNonTransientConnectionException) {
            return AWAY;
        }
        if (cause instanceof TransactionSystemException system && system.getApplicationException() != null) {
            return AWAY; // not even the rollback got through, so the database, or the way to it, has gone
        }
        return cause instanceof SQLException sql ? ofState(sql.getSQLState()) : null;
    }

    /** By SQLSTATE, see appendix A of PostgreSQL's documentation. */
    private static @Nullable Failure ofState(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return AWAY; // what the server says has a state; this comes from a driver or a pool that lost its
            // connection
        }
        if (state.equals("57014")
                || state.equals(FENCED)) { // a statement that ran into its time limit; ownership is moving
            return LATER;
        }
        if (state.equals(OWNED)) {
            return FOREIGN;
        }
        if (state.equals("55P03") || state.equals("25006")) { // lock not available; the server is a standby now
            return AWAY;
        }
        return switch (state.substring(0, 2)) {
            case "08", "40", "53", "57", "58" -> AWAY;
            default -> null;
        };
    }
}
