package dev.strangler.side.web;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's state codes say of a failure that no layer above has put a better name to. */
enum DatabaseTrouble {
    /** Somebody else holds what is needed, or both wanted the same: coming again helps. */
    LOCKED,
    /** The server is gone, going or too slow: the outcome is unknown. */
    AWAY;

    /** Looks through the causes; null if the database has no part in it. */
    static @Nullable DatabaseTrouble in(Throwable failure) {
        DatabaseTrouble found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state != null) {
                    return of(state);
                }
                // The server gives every error a state; without one it is the pool that speaks, of a connection that is
                // gone.
                found = AWAY;
            }
        }
        return found;
    }

    private static @Nullable DatabaseTrouble of(String state) {
        return switch (state) {
            // lock not available, deadlock, serialization failure
            case "55P03", "40P01", "40001" -> LOCKED;
            // query cancelled by its time limit
            case "57014" -> AWAY;
            // connection failures, shutdown, crash, still starting, too many connections
            default -> state.startsWith("08") || state.startsWith("57P") || state.startsWith("53") ? AWAY : null;
        };
    }
}
