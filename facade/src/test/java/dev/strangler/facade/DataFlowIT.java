package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.JdbcEchoes;
import dev.strangler.cutover.jdbc.SideSchema;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Streams;
import dev.strangler.facade.moving.Assembling;
import dev.strangler.inbox.Inbox;
import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.InboxSettings;
import dev.strangler.inbox.InboxTracing;
import dev.strangler.inbox.Projection;
import dev.strangler.inbox.Rebuild;
import dev.strangler.inbox.RebuildRequests;
import dev.strangler.inbox.ReceivedEvent;
import dev.strangler.outbox.relay.RelayConnector;
import dev.strangler.outbox.relay.RelayDatabase;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;

/**
 * The data of a feature from one database through the real relay, broker and inbox into another, as an operator sees it through the control
 * API. The steps build upon one another, as they do in an extraction.
 */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class DataFlowIT {

    private static final int ROWS = 1_200;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final StandInSide monolith = new StandInSide("monolith");
    private final StandInSide dam = new StandInSide("dam");
    private Database shop;
    private Database dams;
    private String topic;
    private FacadeProcess facade;
    private Inbox inbox;
    private RebuildRequests rebuilds;
    private FeatureMap map;

    @BeforeAll
    void start(Infrastructure infrastructure, @TempDir Path directory) {
        shop = infrastructure.database("shop");
        dams = infrastructure.database("dam");
        topic = infrastructure.topic("assets");
        var environment = Maps.environment(monolith.url(), dam.url(), dam.url());
        environment.put("KAFKA_BOOTSTRAP", infrastructure.bootstrapServers());
        environment.put("CONNECT_URL", infrastructure.connect().toString());
        var file = Maps.file(
                directory,
                environment,
                text -> text.replace("name: monolith_relay", "name: " + shop.name() + "_relay")
                        .replace("name: dam_relay", "name: " + dams.name() + "_relay")
                        .replace("name: monolith_verifier", "name: " + shop.verifier())
                        .replace("${MONOLITH_VERIFIER_PASSWORD:monolith_verifier}", shop.verifier())
                        .replace("name: dam_verifier", "name: " + dams.verifier())
                        .replace("${DAM_VERIFIER_PASSWORD:dam_verifier}", dams.verifier())
                        .replace("name: monolith,", "name: " + shop.username() + ",")
                        .replace("${MONOLITH_DATABASE_PASSWORD:monolith}", shop.password())
                        .replace("jdbc:postgresql://" + Maps.NOWHERE + "/monolith", shop.jdbcUrl())
                        .replace("name: dam,", "name: " + dams.username() + ",")
                        .replace("${DAM_DATABASE_PASSWORD:dam}", dams.password())
                        .replace("jdbc:postgresql://" + Maps.NOWHERE + "/dam", dams.jdbcUrl())
                        .replace("assets.v1", topic)
                        .replace("products.v1", infrastructure.topic("products")));
        map = FeatureMap.load(file, Map.of());
        new RelayDatabase(map.monolith().connector(), shop.dataSource())
                .role(infrastructure.postgresServer().administrator());
        for (var side : List.of(shop, dams)) {
            SideSchema.migrate(side.dataSource());
            at(side).sql("create table asset (id text primary key, version bigint not null, body jsonb not null)")
                    .update();
            at(side).sql("""
                            create view strangler.assets_state (aggregate_id, version, payload) as
                            select id, version, body from asset
                            """).update();
            at(side).sql("grant select on strangler.assets_state, strangler.outbox to " + side.verifier())
                    .update();
        }
        at(shop).sql("""
                        insert into asset select 'asset-' || n, 1, jsonb_build_object('fileName', 'picture ' || n, 'size', n)
                          from generate_series(1, ?) n
                        """).param(ROWS).update();
        facade = new FacadeProcess(infrastructure.database("facade"), file);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(feature()
                                .path("relays")
                                .path("value")
                                .path(0)
                                .path("condition")
                                .asString())
                        .isEqualTo("RUNNING"));
        inbox = inbox(infrastructure.bootstrapServers(), topic);
        inbox.start();
    }

    @AfterAll
    void end() {
        if (rebuilds != null) {
            rebuilds.close();
        }
        if (inbox != null) {
            inbox.close();
        }
        if (facade != null) {
            facade.close();
        }
        monolith.close();
        dam.close();
    }

    @Test
    @Order(1)
    void markers_cross_all_the_time_and_the_feature_says_how_fast() {
        await().atMost(LIMIT).untilAsserted(() -> {
            var forward = tracing("forward");
            assertThat(forward.path("roundTripMillis").asLong(-1)).isBetween(0L, 5_000L);
            assertThat(forward.path("ageSeconds").asLong(-1)).isBetween(0L, 30L);
        });
    }

    @Test
    @Order(2)
    void what_the_service_lacks_is_found_and_no_row_under_way_is() {
        var verified = verify("{\"who\": \"ann\"}");
        assertThat(verified.path("proof").path("verdict").asString()).isEqualTo("DIFFERENT");
        assertThat(verified.path("proof").path("discrepancies").asInt()).isEqualTo(ROWS);
        assertThat(verified.path("discrepancies").path(0).path("kind").asString())
                .isEqualTo("MISSING");
    }

    @Test
    @Order(3)
    void a_backfill_copies_everything_and_says_how_far_it_is() {
        var begun = facade.post("/control/features/assets/backfill", "{\"who\": \"ann\"}");
        assertThat(begun.path("total").asInt()).isEqualTo(ROWS);
        await().atMost(LIMIT).untilAsserted(() -> {
            var backfill = facade.get("/control/features/assets/backfill");
            assertThat(backfill.path("state").asString())
                    .as(backfill.toString())
                    .isEqualTo("DONE");
            assertThat(backfill.path("appended").asInt()).isEqualTo(ROWS);
        });
        assertThat(at(dams).sql("select count(*) from asset").query(Long.class).single())
                .isEqualTo(ROWS);
        var verified = verify("{\"who\": \"ann\"}");
        assertThat(verified.path("proof").path("verdict").asString())
                .as(verified.toString())
                .isEqualTo("EQUAL");
        var proof = feature().path("data").path("value").path("proof");
        assertThat(proof.path("verdict").asString()).isEqualTo("EQUAL");
        assertThat(proof.path("stale").isMissingNode()).as(proof.toString()).isTrue();
    }

    @Test
    @Order(4)
    void a_row_that_somebody_spoilt_is_found_to_its_field_and_repaired_on_request() {
        at(dams).sql("update asset set body = body || '{\"size\": 0}' where id = 'asset-7'")
                .update();
        at(dams).sql("delete from asset where id = 'asset-8'").update();
        var verified = verify("{\"who\": \"ann\"}");
        assertThat(verified.path("proof").path("verdict").asString()).isEqualTo("DIFFERENT");
        var spoilt = verified.path("discrepancies").path(0);
        assertThat(spoilt.path("key").asString()).isEqualTo("asset-7");
        assertThat(spoilt.path("fields").path(0).path("path").asString()).isEqualTo("size");
        assertThat(spoilt.path("fields").path(0).path("owner").asString()).isEqualTo("7");
        assertThat(spoilt.path("fields").path(0).path("copy").asString()).isEqualTo("0");
        assertThat(spoilt.path("repair").asString()).isEqualTo("snapshot");
        assertThat(verified.path("discrepancies").path(1).path("kind").asString())
                .isEqualTo("MISSING");

        var repaired = verify("{\"who\": \"ann\", \"repair\": true}");
        assertThat(repaired.path("repaired").asInt()).isEqualTo(2);
        assertThat(repaired.path("proof").path("verdict").asString())
                .as(repaired.toString())
                .isEqualTo("EQUAL");
    }

    @Test
    @Order(5)
    void rows_that_only_the_copy_has_go_by_the_owners_last_word_or_by_a_rebuild_and_lost_ones_are_kept() {
        var since = at(shop).sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
        at(shop).sql("delete from asset where id in ('asset-9', 'asset-11')").update();
        at(shop).sql("""
                        insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, aggregateversion,
                                                      schemaversion, occurredat)
                        select 'monolith-Asset-asset-9-v2', aggregatetype, aggregateid, 'AssetPurged', topic, payload, origin, 2, 1, now()
                          from strangler.outbox where aggregateid = 'asset-9' limit 1
                        """).update();
        await().atMost(LIMIT)
                .until(() -> at(dams).sql("select strangler.applied('Asset', 'asset-9', 2)")
                        .query(Boolean.class)
                        .single());
        at(dams).sql("insert into asset values ('asset-9', 1, '{}'), ('asset-rogue', 1, '{}')")
                .update();
        at(dams).sql("update asset set version = 5 where id = 'asset-10'").update();

        var verified = verify("{\"who\": \"ann\"}");
        assertThat(verified.path("discrepancies").valueStream().map(DataFlowIT::plan))
                .as(verified.toString())
                .containsExactly(
                        "asset-10 AHEAD rebuild",
                        "asset-11 EXTRA none",
                        "asset-9 EXTRA last-word",
                        "asset-rogue EXTRA rebuild");

        var repaired = verify("{\"who\": \"ann\", \"repair\": true}");
        assertThat(repaired.path("discrepancies").valueStream().map(DataFlowIT::plan))
                .as(repaired.toString())
                .containsExactly("asset-11 EXTRA none");
        assertThat(repaired.path("trouble").asString()).contains("asset-11", "deleted past the outbox");
        assertThat(at(shop).sql(
                                "select count(*) from strangler.outbox where aggregateid = 'asset-9' and lsn >= ?::pg_lsn")
                        .param(since)
                        .query(Long.class)
                        .single())
                .as("its end, said twice")
                .isEqualTo(2);

        at(shop).sql("insert into asset values ('asset-11', 1, '{\"fileName\": \"picture 11\", \"size\": 11}')")
                .update();
        assertThat(verify("{\"who\": \"ann\"}").path("proof").path("verdict").asString())
                .isEqualTo("EQUAL");
    }

    private static String plan(JsonNode discrepancy) {
        return String.join(
                " ",
                discrepancy.path("key").asString(),
                discrepancy.path("kind").asString(),
                discrepancy.path("repair").asString());
    }

    @Test
    @Order(6)
    void another_view_makes_the_proof_stale() {
        at(dams).sql("""
                        create or replace view strangler.assets_state (aggregate_id, version, payload) as
                        select id, version, body || '{}' from asset
                        """).update();
        var proof = feature().path("data").path("value").path("proof");
        assertThat(proof.path("stale").asString()).contains("state view");
    }

    @Test
    @Order(7)
    void a_share_of_the_reads_is_shadowed_by_a_journalled_change_of_the_route() {
        var moved = facade.post("/control/features/assets/shadow", """
                {"percent": 100, "who": "ann", "why": "before the canary"}""");
        assertThat(moved.path("route").path("reads").asString()).isEqualTo("shadow");
        assertThat(moved.path("route").path("shadow").asInt()).isEqualTo(100);
        assertThat(facade.servedBy("/api/assets", "somebody")).isEqualTo("monolith");
        await().atMost(LIMIT).untilAsserted(() -> {
            var shadow = facade.get("/control/features/assets/shadow");
            assertThat(shadow.path("total").path("compared").asInt())
                    .as(shadow.toString())
                    .isEqualTo(1);
        });
        var refused = facade.order("/control/features/assets/shadow", "{\"percent\": 101, \"who\": \"ann\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    /** What a handover relies on when it waits until the former owner's relay can't repeat anything. */
    @Test
    @Order(7)
    void a_connector_confirms_what_it_has_carried_soon_after_the_next_marker_and_keeps_its_connection() {
        var echoes = new JdbcEchoes(
                new FeatureName("assets"),
                Map.of(Side.MONOLITH, shop.dataSource(), Side.SERVICE, dams.dataSource()),
                Map.of(
                        Side.MONOLITH,
                        RelayConnector.slotOf(shop.name()),
                        Side.SERVICE,
                        RelayConnector.slotOf(dams.name())));
        var reader = echoes.reader(Side.MONOLITH);
        assertThat(reader).isPresent();
        mark("settled#0");
        var behind = echoes.end(Side.MONOLITH);

        mark("settling#0");

        await().atMost(Limits.STANDARD.afterwards().settle()).until(() -> echoes.isPast(Side.MONOLITH, behind));
        assertThat(echoes.reader(Side.MONOLITH)).isEqualTo(reader);
    }

    private void mark(String key) {
        at(shop).sql("select strangler.marker(?, ?, 'monolith')")
                .params(topic, key)
                .query((row, number) -> true)
                .list();
    }

    @Test
    @Order(8)
    void preparing_names_all_that_is_in_the_way_and_changes_nothing_before_it_is_gone(Infrastructure infrastructure) {
        var server = JdbcClient.create(infrastructure.postgresServer().administrator());
        server.sql("revoke pg_read_all_stats from " + dams.username()).update();
        for (var side : List.of(shop, dams)) {
            at(side).sql("select strangler.fence_feature('assets', '%s', '{Asset}')"
                            .formatted(side == shop ? "MONOLITH" : "SERVICE"))
                    .query((row, number) -> true)
                    .list();
            at(side).sql("select strangler.fence_table('assets', 'asset')")
                    .query((row, number) -> true)
                    .list();
        }
        at(shop).sql("create table asset_tag (asset_id text)").update();
        at(shop).sql("create table product_image (asset_id text constraint shown references asset)")
                .update();
        var found = prepare("");
        assertThat(found.path("phase").asString()).isEqualTo("MONOLITH");
        assertThat(found.path("problems").toString())
                .contains("monolith: Table asset_tag has no fence")
                .contains("Foreign key shown of product_image to asset ties two features together")
                .contains("dam: its relay is not set up")
                .contains("dam: role %s can't see other roles' transactions".formatted(dams.username()))
                .contains("grant pg_read_all_stats to %s;".formatted(dams.username()))
                .doesNotContain("monolith: role")
                .doesNotContain("pim");
        assertThat(found.path("script").path(0).asString())
                .isEqualTo("alter table product_image drop constraint shown;");
        assertThat(streams().relay(Side.SERVICE)).isNotEqualTo("RUNNING");
        assertThat(streams().trip(Direction.BACK, Duration.ofMillis(300))).isEmpty();
        server.sql("grant pg_read_all_stats to " + dams.username()).update();
    }

    @Test
    @Order(9)
    void once_nothing_is_in_the_way_the_feature_is_prepared_and_its_events_flow_both_ways(
            Infrastructure infrastructure) {
        at(shop).sql("select strangler.fence_table('assets', 'asset_tag')")
                .query((row, number) -> true)
                .list();
        new RelayDatabase(map.deployable(assets(), Side.SERVICE).connector(), dams.dataSource())
                .role(infrastructure.postgresServer().administrator());
        var prepared = prepare(", \"removeKeys\": true");
        assertThat(prepared.path("problems").isEmpty()).as(prepared.toString()).isTrue();
        assertThat(prepared.path("phase").asString()).isEqualTo("PREPARED");
        assertThat(prepared.path("removed").path(0).asString()).contains("shown of product_image");
        assertThat(prepare("").path("phase").asString()).isEqualTo("PREPARED");

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(streams().relay(Side.MONOLITH)).isEqualTo("RUNNING");
            assertThat(streams().relay(Side.SERVICE)).isEqualTo("RUNNING");
            assertThat(streams().behind(Side.SERVICE)).isZero();
            assertThat(streams().parked(Side.SERVICE)).isZero();
        });
        assertThat(streams().trip(Direction.FORWARD, LIMIT))
                .hasValueSatisfying(took -> assertThat(took).isBetween(Duration.ZERO, LIMIT));
    }

    private Streams streams() {
        return facade.context()
                .getBean(Assembling.class)
                .of(assets(), Direction.FORWARD)
                .streams();
    }

    private Feature assets() {
        return map.feature(new FeatureName("assets")).orElseThrow();
    }

    private JsonNode prepare(String more) {
        return facade.post("/control/features/assets/prepare", "{\"who\": \"ann\"" + more + "}");
    }

    private JsonNode verify(String body) {
        facade.post("/control/features/assets/verify", body);
        await().atMost(LIMIT)
                .until(() -> !facade.get("/control/features/assets/verify")
                        .path("state")
                        .asString()
                        .equals("RUNNING"));
        var verified = facade.get("/control/features/assets/verify");
        assertThat(verified.path("state").asString()).as(verified.toString()).isEqualTo("DONE");
        return verified;
    }

    private JsonNode feature() {
        return facade.get("/control/features/assets");
    }

    private JsonNode tracing(String direction) {
        for (var tracing : feature().path("data").path("value").path("tracings")) {
            if (tracing.path("direction").asString().equals(direction)) {
                return tracing;
            }
        }
        throw new AssertionError("No tracing " + direction);
    }

    private Inbox inbox(String bootstrapServers, String topic) {
        var source = dams.dataSource();
        var handler = new InboxHandler() {
            @Override
            public String consumer() {
                return "dam-assets-" + topic;
            }

            @Override
            public Set<String> topics() {
                return Set.of(topic);
            }

            @Override
            public Set<String> aggregateTypes() {
                return Set.of("Asset");
            }

            @Override
            public void apply(List<ReceivedEvent> events) {
                var database = JdbcClient.create(source);
                for (var event : events) {
                    if (event.type().equals("AssetPurged")) {
                        database.sql("delete from asset where id = ?")
                                .param(event.aggregateId())
                                .update();
                    } else {
                        database.sql("""
                                        insert into asset values (?, ?, ?::jsonb)
                                        on conflict (id) do update set version = excluded.version, body = excluded.body
                                         where asset.version <= excluded.version
                                        """)
                                .params(event.aggregateId(), event.aggregateVersion(), event.payload())
                                .update();
                    }
                }
            }
        };
        var settings = InboxSettings.of(bootstrapServers);
        var transactions = new JdbcTransactionManager(source);
        rebuilds = new RebuildRequests(
                List.of(new Rebuild(
                        handler, new Projection(List.of("asset"), List.of()), settings, source, transactions)),
                source);
        rebuilds.start();
        return new Inbox(handler, settings, source, transactions, InboxListener.NONE, InboxTracing.NONE);
    }

    private static JdbcClient at(Database side) {
        return JdbcClient.create(side.dataSource());
    }
}
