package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A feature with one table, on two real databases behind their fences: counters that know how often they were raised. */
final class MovedFeature {

    static final int PARTITIONS = 3;
    static final int COUNTERS = 40;
    private static final String TYPE = "Counter";

    final Feature feature = new Feature(
            new FeatureName("counters"),
            "service",
            List.of("/counters"),
            Set.of(TYPE),
            "counters.v1",
            Map.of(Side.MONOLITH, Set.of("counter"), Side.SERVICE, Set.of("counter")),
            Map.of());

    private final Map<Side, Database> databases = new LinkedHashMap<>();
    private final Map<Side, DataSource> kept = new LinkedHashMap<>();

    MovedFeature(Infrastructure infrastructure) {
        databases.put(Side.MONOLITH, infrastructure.database("monolith"));
        databases.put(Side.SERVICE, infrastructure.database("service"));
        databases.forEach(this::make);
    }

    private void make(Side side, Database database) {
        SideSchema.migrate(database.dataSource());
        var owner = JdbcClient.create(database.dataSource());
        owner.sql("create table counter (id text primary key, version bigint not null, raised bigint not null)")
                .update();
        owner.sql("insert into counter select 'counter-' || n, 1, 0 from generate_series(1, %d) n".formatted(COUNTERS))
                .update();
        owner.sql("select strangler.fence_feature('counters', '%s', array['%s'])".formatted(side, TYPE))
                .query((row, number) -> true)
                .list();
        owner.sql("select strangler.fence_table('counters', 'counter')")
                .query((row, number) -> true)
                .list();
        owner.sql("insert into strangler.inbox_consumes values ('intake', '%s')".formatted(TYPE))
                .update();
    }

    DataSource dataSource(Side side) {
        return database(side).dataSource();
    }

    Database database(Side side) {
        return databases.get(side);
    }

    /** The coordinator's connection, opened once: what a handover takes is not to be what connecting takes. */
    synchronized DataSource kept(Side side) {
        return kept.computeIfAbsent(side, first -> {
            try {
                return new SingleConnectionDataSource(dataSource(first).getConnection(), true);
            } catch (SQLException away) {
                throw new IllegalStateException(away);
            }
        });
    }

    JdbcClient keptAt(Side side) {
        return JdbcClient.create(kept(side));
    }

    JdbcClient at(Side side) {
        return JdbcClient.create(dataSource(side));
    }

    /** Raises the counter in a transaction with its event; throws what the fence throws. */
    static void raise(Connection connection, Side side, String id) throws SQLException {
        try (var update = connection.prepareStatement(
                        "update counter set version = version + 1, raised = raised + 1 where id = ? returning version, raised");
                var event = connection.prepareStatement("""
                        insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin,
                                                      aggregateversion, schemaversion, occurredat)
                        values (? || '-Counter-' || ? || '-v' || ?, 'Counter', ?, 'CounterRaised', 'counters.v1', ?, ?, ?, 1, now())
                        """)) {
            update.setString(1, id);
            try (var raised = update.executeQuery()) {
                raised.next();
                event.setString(1, side.name().toLowerCase());
                event.setString(2, id);
                event.setLong(3, raised.getLong(1));
                event.setString(4, id);
                event.setString(5, Long.toString(raised.getLong(2)));
                event.setString(6, side.name().toLowerCase());
                event.setLong(7, raised.getLong(1));
            }
            event.executeUpdate();
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        }
    }

    /** How often each counter was raised, as that side has it. */
    Map<String, Long> raised(Side side) {
        return raised(at(side));
    }

    Map<String, Long> raised(JdbcClient database) {
        var raised = new LinkedHashMap<String, Long>();
        database.sql("select id, raised from counter order by id").query(row -> {
            raised.put(row.getString(1), row.getLong(2));
        });
        return raised;
    }
}
