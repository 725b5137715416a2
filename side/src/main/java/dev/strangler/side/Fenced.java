package dev.strangler.side;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change was refused since this side may not write the feature now. Nothing of it was done: what was written before in the
 * same transaction is rolled back with it. Over HTTP it is answered 421 when the other side owns the feature, and 503 with
 * {@code Retry-After} while nobody does.
 */
public final class Fenced extends RuntimeException {

    /** The state code by which the database refuses a write at a fence. */
    public static final String SQL_STATE = "SF001";

    private static final long serialVersionUID = 1L;

    private final String feature;

    Fenced(String feature, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.feature = feature;
    }

    /**
     * The refusal of the database's fence that is the reason of a failure, whatever layers wrapped it; empty if the failure
     * has another reason.
     *
     * @param feature what the failed work was to change
     */
    public static Optional<Fenced> in(Throwable failure, String feature) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Fenced fenced) {
                return Optional.of(fenced);
            }
            if (cause instanceof SQLException sql && SQL_STATE.equals(sql.getSQLState())) {
                return Optional.of(new Fenced(feature, String.valueOf(sql.getMessage()), failure));
            }
        }
        return Optional.empty();
    }

    /** Whether the database's fence is the reason of a failure. */
    public static boolean isReasonOf(Throwable failure) {
        return in(failure, "").isPresent();
    }

    /** The feature that was to be changed. */
    public String feature() {
        return feature;
    }
}
