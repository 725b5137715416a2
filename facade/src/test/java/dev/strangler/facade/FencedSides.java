package dev.strangler.facade;

import com.sun.net.httpserver.HttpExchange;
import dev.strangler.cutover.jdbc.SideSchema;
import dev.strangler.sandbox.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Utils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A monolith and a DAM of which only the fence is real: every POST becomes a row in the side's own database, or is refused there. Markers
 * are carried over directly, rows are not: so it shows who took which write.
 */
final class FencedSides implements AutoCloseable {

    static final int PARTITIONS = 3;
    private static final Duration LOOK = Duration.ofMillis(5);

    final StandInSide monolith = new StandInSide("monolith");
    final StandInSide dam = new StandInSide("dam");
    private final Map<String, JdbcClient> databases = new LinkedHashMap<>();
    private final Set<String> carried = new HashSet<>();
    private final Thread carrier = new Thread(this::carry, "carrying-markers");
    private volatile boolean isRunning = true;
    volatile boolean isCut;
    /** What both processes say of their schema scripts. */
    volatile String schema = "{}";

    FencedSides(Database shop, Database dams) {
        add("monolith", shop, monolith);
        add("dam", dams, dam);
        carrier.start();
    }

    private void add(String name, Database database, StandInSide side) {
        SideSchema.migrate(database.dataSource());
        var owner = JdbcClient.create(database.dataSource());
        for (var statement : List.of(
                "create table asset (id text primary key, version bigint not null default 1)",
                "create table asset_tag (asset_id text)",
                "create view strangler.assets_state as select id as aggregate_id, version, jsonb_build_object('id', id) as payload from asset",
                "insert into strangler.inbox_consumes values ('%s-assets', 'Asset')".formatted(name))) {
            owner.sql(statement).update();
        }
        for (var call : List.of(
                "fence_feature('assets', '%s', '{Asset}')".formatted(name.equals("dam") ? "SERVICE" : "MONOLITH"),
                "fence_table('assets', 'asset')",
                "fence_table('assets', 'asset_tag')")) {
            owner.sql("select strangler." + call).query((row, number) -> true).list();
        }
        databases.put(name, owner);
        side.answer(exchange -> store(exchange, name, owner));
    }

    JdbcClient at(String side) {
        return databases.get(side);
    }

    /** The writes that this side took. */
    Set<String> taken(String side) {
        return new HashSet<>(
                at(side).sql("select id from asset").query(String.class).list());
    }

    private void store(HttpExchange exchange, String name, JdbcClient owner) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/actuator/health/schema")) {
            var said = schema.getBytes();
            exchange.sendResponseHeaders(schema.equals("{}") ? 200 : 503, said.length);
            exchange.getResponseBody().write(said);
            return;
        }
        var id = new String(exchange.getRequestBody().readAllBytes());
        var status = 200;
        if (exchange.getRequestMethod().equals("POST")) {
            status = stored(id, owner);
        }
        if (status == 421) {
            exchange.getResponseHeaders().add("X-Strangler-Owner", "nobody");
        }
        var body = name.getBytes();
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static int stored(String id, JdbcClient owner) {
        try {
            owner.sql("insert into asset (id) values (?)").param(id).update();
            return 201;
        } catch (DataAccessException refused) {
            if (refused.getMostSpecificCause() instanceof SQLException sql && "SF001".equals(sql.getSQLState())) {
                return 421;
            }
            throw refused;
        }
    }

    private void carry() {
        while (isRunning) {
            if (!isCut) {
                carryQuietly("monolith", "dam");
                carryQuietly("dam", "monolith");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** A side that is away is tried again. */
    private void carryQuietly(String from, String to) {
        try {
            carry(from, to);
        } catch (DataAccessException away) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void carry(String from, String to) {
        record Row(String lsn, String topic, String key) {}
        at(from)
                .sql(
                        "select lsn::text, topic, aggregateid from strangler.outbox where aggregatetype = 'strangler.Marker'")
                .query((row, number) -> new Row(row.getString(1), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .filter(row -> carried.add(from + row.lsn() + row.key()))
                .forEach(row -> at(to).sql(
                                "insert into strangler.inbox_marker values (?, ?, ?, ?) on conflict do nothing")
                        .params(
                                to + "-assets",
                                row.topic(),
                                Utils.toPositive(Utils.murmur2(row.key().getBytes())) % PARTITIONS,
                                row.key().substring(0, row.key().lastIndexOf('#')))
                        .update());
    }

    @Override
    public void close() throws InterruptedException {
        isRunning = false;
        carrier.join();
        monolith.close();
        dam.close();
    }
}
