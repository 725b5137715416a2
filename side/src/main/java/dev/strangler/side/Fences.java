package dev.strangler.side;

import dev.strangler.cutover.Side;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the fences in this side's database say. The fence itself is the database's: it refuses a write with
 * {@link Fenced#SQL_STATE} whatever was said here a moment ago.
 */
public class Fences {

    private static final String STANDING =
            "select side, enforced_open, epoch, owner, owner_epoch from strangler.fence_state(?)";

    /** The state code by which the database says that it knows no such fence. */
    private static final String NO_FENCE = "SF002";

    private static final String SHARE =
            "select pg_advisory_xact_lock_shared(hashtext('strangler.fence'), hashtext(?)) is null";

    private final JdbcTemplate jdbc;
    private final long openFor;
    private final LongSupplier nanoTime;
    private final Map<String, Long> askedWhenOpen = new ConcurrentHashMap<>();

    /**
     * The fences in that database.
     *
     * @param openFor for how long an open fence is believed without asking again; a closed one is asked anew each time
     */
    public Fences(DataSource database, Duration openFor) {
        this(database, openFor, System::nanoTime);
    }

    Fences(DataSource database, Duration openFor, LongSupplier nanoTime) {
        this.jdbc = new JdbcTemplate(database);
        this.openFor = openFor.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Does nothing while this side may write the feature, as far as known: spares those work that would be refused later.
     *
     * @throws Fenced if it may not
     * @throws IllegalStateException if the feature has no fence in this database
     */
    public void check(String feature) {
        Long asked = askedWhenOpen.get(feature);
        long now = nanoTime.getAsLong();
        if (asked != null && now - asked < openFor) {
            return;
        }
        askedWhenOpen.remove(feature);
        requireOpen(feature);
        askedWhenOpen.put(feature, now);
    }

    /**
     * Keeps the fence open until the current transaction ends: whoever closes it waits for that. For effects in tables that
     * have no fence of their own.
     *
     * @throws Fenced if this side may not write
     * @throws IllegalStateException if the feature has no fence in this database
     */
    public void hold(String feature) {
        jdbc.queryForObject(SHARE, Boolean.class, feature);
        // Only now: before the lock was ours, the answer could have been outdated by the time that it arrived.
        requireOpen(feature);
    }

    /** Asks the database how this side stands to the feature. Throws IllegalStateException if the feature has no fence in it. */
    public Standing standing(String feature) {
        try {
            return Objects.requireNonNull(jdbc.queryForObject(
                    STANDING,
                    (row, number) -> new Standing(
                            feature,
                            Side.valueOf(row.getString("side")),
                            row.getBoolean("enforced_open"),
                            row.getLong("epoch"),
                            row.getString("owner") == null ? null : Side.valueOf(row.getString("owner")),
                            row.getLong("owner_epoch")),
                    feature));
        } catch (UncategorizedSQLException failure) {
            var refusal = failure.getSQLException();
            if (refusal == null || !NO_FENCE.equals(refusal.getSQLState())) {
                throw failure;
            }
            throw new IllegalStateException(
                    "Feature '" + feature + "' has no fence in this database, one is needed before commands are taken."
                            + " Call strangler.fence_feature('" + feature
                            + "', ...) and strangler.fence_table in a schema"
                            + " migration.",
                    failure);
        }
    }

    private void requireOpen(String feature) {
        var standing = standing(feature);
        if (!standing.open()) {
            throw new Fenced(
                    feature,
                    "The %s may not write feature '%s' at epoch %d"
                            .formatted(standing.side().name().toLowerCase(Locale.ROOT), feature, standing.epoch()),
                    null);
        }
    }
}
