package dev.strangler.facade.sides;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.OwnedDatabase;
import dev.strangler.cutover.OwnedDatabase.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/** Small pools to the sides' databases, as their owners unless said otherwise. A database that is away keeps nobody waiting longer than the limit. */
public final class SideDatabases implements AutoCloseable {

    private final Map<String, HikariDataSource> pools = new LinkedHashMap<>();

    /**
     * @param purpose names the pools and, in the database, their sessions
     * @param connections per side at most
     * @param limit for getting a connection and for a statement
     */
    public SideDatabases(Collection<Deployable> sides, String purpose, int connections, Duration limit) {
        this(sides, purpose, connections, limit, limit);
    }

    /**
     * @param purpose names the pools and, in the database, their sessions
     * @param connections per side at most
     * @param limit for getting a connection
     * @param statement for a statement
     */
    public SideDatabases(
            Collection<Deployable> sides, String purpose, int connections, Duration limit, Duration statement) {
        this(sides, OwnedDatabase::owner, purpose, connections, limit, statement);
    }

    private SideDatabases(
            Collection<Deployable> sides,
            Function<OwnedDatabase, Role> as,
            String purpose,
            int connections,
            Duration limit,
            Duration statement) {
        sides.forEach(side ->
                pools.put(side.name(), pool(side, as.apply(side.database()), purpose, connections, limit, statement)));
    }

    /**
     * As the roles that may look and change nothing.
     *
     * @param purpose names the pools and, in the database, their sessions
     * @param connections per side at most
     * @param limit for getting a connection
     * @param statement for a statement
     */
    public static SideDatabases ofVerifiers(
            Collection<Deployable> sides, String purpose, int connections, Duration limit, Duration statement) {
        return new SideDatabases(sides, OwnedDatabase::verifier, purpose, connections, limit, statement);
    }

    /** The names of all sides. */
    public Set<String> sides() {
        return pools.keySet();
    }

    /** The side's database. */
    public DataSource of(String side) {
        var pool = pools.get(side);
        if (pool == null) {
            throw new IllegalArgumentException("There is no side '%s', only %s.".formatted(side, pools.keySet()));
        }
        return pool;
    }

    /** All databases by side. */
    public Map<String, DataSource> all() {
        return new LinkedHashMap<>(pools);
    }

    private static HikariDataSource pool(
            Deployable side, Role as, String purpose, int connections, Duration limit, Duration statement) {
        var config = new HikariConfig();
        config.setPoolName(purpose + "-" + side.name());
        config.setJdbcUrl(side.database().url());
        config.setUsername(as.name());
        config.setPassword(as.password());
        config.setMaximumPoolSize(connections);
        // Nothing is opened before it is needed, and a side may come up later than the façade.
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        // The pool's own smallest value.
        config.setConnectionTimeout(Math.max(250, limit.toMillis()));
        config.setValidationTimeout(Math.max(250, limit.toMillis() / 2));
        config.addDataSourceProperty("ApplicationName", "facade-" + purpose);
        config.addDataSourceProperty("connectTimeout", wholeSeconds(limit));
        config.addDataSourceProperty("socketTimeout", wholeSeconds(statement) + 1);
        config.addDataSourceProperty("options", "-c statement_timeout=" + statement.toMillis());
        return new Pool(side.name(), config);
    }

    /** Says which side it is that gives no connection: whoever reads of it can't know by the pool. */
    private static final class Pool extends HikariDataSource {

        private final String side;

        Pool(String side, HikariConfig config) {
            super(config);
            this.side = side;
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                return super.getConnection();
            } catch (SQLException away) {
                throw new SideDatabaseAway(side, away);
            }
        }
    }

    private static int wholeSeconds(Duration limit) {
        return (int) Math.max(1, limit.toSeconds());
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
