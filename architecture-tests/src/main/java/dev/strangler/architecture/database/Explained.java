package dev.strangler.architecture.database;

import dev.strangler.architecture.sql.SqlWrite;
import dev.strangler.architecture.writes.SqlText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL makes of a statement that stands in the code, without running it.
 *
 * @param text the statement and where it stands
 * @param feature under whose rights it was asked; null for code of no feature
 * @param writes what its plan writes; none if it could not be planned
 * @param refused why the feature's rights do not suffice for it; null if they do
 * @param unplanned why it could not be planned; null if it could
 */
public record Explained(
        SqlText text,
        @Nullable String feature,
        Set<SqlWrite> writes,
        @Nullable String refused,
        @Nullable String unplanned) {

    /** Copies its set. */
    public Explained {
        writes = Set.copyOf(writes);
    }
}
