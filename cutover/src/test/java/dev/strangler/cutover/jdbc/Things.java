package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A feature whose state is a table on each side, in two real databases. */
final class Things {

    static final Feature FEATURE = new Feature(
            new FeatureName("things"),
            "shed",
            List.of("/api/things"),
            Set.of("Thing"),
            "things.v1",
            Map.of(Side.MONOLITH, Set.of("thing"), Side.SERVICE, Set.of("thing")),
            Map.of());

    private final Map<Side, DataSource> sources;

    Things(Database monolith, Database service) {
        sources = Map.of(Side.MONOLITH, monolith.dataSource(), Side.SERVICE, service.dataSource());
    }

    /** Makes the kit's schema, the table and the view, on both sides. */
    void prepare() {
        sources.forEach((side, source) -> {
            SideSchema.migrate(source);
            run(source, """
                    create table thing (id text primary key, version bigint not null, body jsonb not null);
                    create index thing_state_key on thing (id collate "C");
                    create view strangler.things_state (aggregate_id, version, payload) as
                    select id, version, jsonb_build_object('id', id, 'version', version) || body from thing;
                    """);
        });
    }

    /** The side tells its state as a document again. */
    void tellAsDocument(Side side) {
        run(source(side), """
                drop view strangler.things_state;
                drop type if exists strangler.thing_state, strangler.thing_price;
                create view strangler.things_state (aggregate_id, version, payload) as
                select id, version, jsonb_build_object('id', id, 'version', version) || body from thing;
                """);
    }

    /** The side tells its state as a composite type with these attributes of name, price and tags, in this order. */
    void tellAsRow(Side side, String... attributes) {
        var types = Map.of("name", "text", "price", "strangler.thing_price", "tags", "text[]");
        var values = Map.of(
                "name",
                "body ->> 'name'",
                "price",
                "row ((body -> 'price' ->> 'amount')::numeric)::strangler.thing_price",
                "tags",
                "array(select jsonb_array_elements_text(coalesce(body -> 'tags', '[]')))");
        run(source(side), """
                drop view strangler.things_state;
                create type strangler.thing_price as (amount numeric);
                create type strangler.thing_state as (id text, version bigint, %s);
                create view strangler.things_state (aggregate_id, version, payload) as
                select id, version, row (id, version, %s)::strangler.thing_state from thing;
                """.formatted(
                Stream.of(attributes).map(name -> name + " " + types.get(name)).collect(Collectors.joining(", ")),
                Stream.of(attributes).map(values::get).collect(Collectors.joining(", "))));
    }

    void clear() {
        sources.keySet().forEach(side -> at(side).sql("delete from thing").update());
    }

    /** So many things at version 1, alike on both sides. */
    void alike(int count) {
        sources.keySet().forEach(side -> at(side).sql("""
                                insert into thing
                                select case when n % 3 = 0 then 'Thing-' else 'thing_' end || n, 1,
                                       jsonb_build_object('name', 'thing ' || n, 'price', jsonb_build_object('amount', 12.50))
                                  from generate_series(1, ?) n
                                """).param(count).update());
    }

    void put(Side side, String id, long version, String body) {
        at(side).sql("""
                        insert into thing values (?, ?, ?::jsonb)
                        on conflict (id) do update set version = excluded.version, body = excluded.body
                        """).params(id, version, body).update();
    }

    void remove(Side side, String id) {
        at(side).sql("delete from thing where id = ?").param(id).update();
    }

    /** The copy takes over whatever the owner holds. */
    void catchUp(Side copy, String id) {
        var row = at(copy.other())
                .sql("select version, body::text as body from thing where id = ?")
                .param(id)
                .query()
                .listOfRows();
        if (row.isEmpty()) {
            remove(copy, id);
        } else {
            put(copy, id, (Long) row.get(0).get("version"), (String) row.get(0).get("body"));
        }
    }

    JdbcClient at(Side side) {
        return JdbcClient.create(source(side));
    }

    DataSource source(Side side) {
        var source = sources.get(side);
        if (source == null) {
            throw new IllegalArgumentException("No database of " + side);
        }
        return source;
    }

    FeatureDatabases databases() {
        return (feature, side) -> source(side);
    }

    private static void run(DataSource source, String script) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
