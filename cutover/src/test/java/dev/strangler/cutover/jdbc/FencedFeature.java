package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A feature of its own for each test: two tables, one of them partitioned, and an aggregate type, all behind a fence. */
final class FencedFeature {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final FeatureName name;
    final String table;
    final String partitioned;
    final String partition;
    final String type;
    final JdbcFence fence;
    final JdbcClient owner;

    private final Database database;

    FencedFeature(Database database, Side side) {
        int number = NUMBER.incrementAndGet();
        this.database = database;
        name = new FeatureName("feature-" + number);
        table = "thing_" + number;
        partitioned = "entry_" + number;
        partition = "entry_low_" + number;
        type = "Thing" + number;
        SideSchema.migrate(database.dataSource());
        owner = JdbcClient.create(database.dataSource());
        execute("create table %s (id int generated always as identity primary key, name text not null)", table);
        execute("create table %s (id int, name text) partition by range (id)", partitioned);
        execute("create table %s partition of %s for values from (0) to (1000)", partition, partitioned);
        execute("select strangler.fence_feature('%s', '%s', array['%s'])", name, side, type);
        execute("select strangler.fence_table('%s', '%s')", name, table);
        execute("select strangler.fence_table('%s', '%s')", name, partitioned);
        fence = new JdbcFence(name, database.dataSource());
    }

    /** At the monolith, open, with one row. */
    static FencedFeature open(Database database) {
        var feature = new FencedFeature(database, Side.MONOLITH);
        feature.execute("insert into %s (name) values ('first')", feature.table);
        return feature;
    }

    /** At the monolith, closed, with one row. */
    static FencedFeature closed(Database database) {
        var feature = open(database);
        feature.close(0);
        return feature;
    }

    void execute(String statement, Object... parts) {
        try (var connection = database.dataSource().getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement.formatted(parts));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void close(long epoch) {
        fence.close(new Epoch(epoch), new OperationId("close-" + epoch), List.of(), PATIENCE);
    }

    void open(long epoch) {
        if (!fence.open(new Epoch(epoch), new OperationId("open-" + epoch))) {
            throw new AssertionError("not opened: " + fence.state());
        }
        fence.enforce();
    }

    /** A connection of the owner, one transaction after the other. */
    Connection connect(int isolation) throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(isolation);
        return connection;
    }

    String insert() {
        return "insert into %s (name) values ('new')".formatted(table);
    }

    /** An event of always the same aggregate. */
    String event() {
        return event("1", "things.v1");
    }

    String event(String id, String topic) {
        return """
                insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion, schemaversion, occurredat)
                values ('test-%1$s-%2$s-v1', '%1$s', '%2$s', 'Changed', '%3$s', '{}', 'test', 1, 1, now())""".formatted(type, id, topic);
    }

    long rows() {
        return owner.sql("select count(*) from " + table).query(Long.class).single();
    }

    long events() {
        return owner.sql("select count(*) from strangler.outbox where aggregatetype = ?")
                .param(type)
                .query(Long.class)
                .single();
    }

    long epochOfNewestEvent() {
        return owner.sql("select epoch from strangler.outbox where aggregatetype = ? order by lsn desc limit 1")
                .param(type)
                .query(Long.class)
                .single();
    }

    /** Whether somebody waits for writers to end, to close a fence of this database. */
    boolean isClosingWaiting() {
        return owner.sql("""
                        select exists (select from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and not granted
                           and database = (select oid from pg_database where datname = current_database()))
                        """).query(Boolean.class).single();
    }
}
