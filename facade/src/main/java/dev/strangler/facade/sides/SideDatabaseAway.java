package dev.strangler.facade.sides;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** A side's database gives no connection: it, and no other. */
public final class SideDatabaseAway extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    private final String side;

    SideDatabaseAway(String side, SQLException cause) {
        super(
                "The database of %s gives no connection: %s".formatted(side, cause.getMessage()),
                cause.getSQLState(),
                cause);
        this.side = side;
    }

    /** Whose database it is, by the name in the feature map. */
    public String side() {
        return side;
    }
}
