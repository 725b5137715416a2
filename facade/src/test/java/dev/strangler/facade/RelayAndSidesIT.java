package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.outbox.StranglerSchema;
import dev.strangler.outbox.relay.RelayDatabase;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One façade with everything real behind it but the sides' HTTP. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class RelayAndSidesIT {

    private final StandInSide monolith = new StandInSide("monolith");
    private final StandInSide dam = new StandInSide("dam");
    private Database shop;
    private Database dams;
    private FacadeProcess facade;

    @BeforeAll
    void start(Infrastructure infrastructure, @TempDir Path directory) {
        shop = infrastructure.database("shop");
        dams = infrastructure.database("dam");
        var environment = Maps.environment(monolith.url(), dam.url(), dam.url());
        environment.put("KAFKA_BOOTSTRAP", infrastructure.bootstrapServers());
        environment.put("CONNECT_URL", infrastructure.connect().toString());
        var relay = shop.name() + "_relay";
        var file = Maps.file(
                directory,
                environment,
                text -> text.replace("name: monolith_relay", "name: " + relay)
                        .replace("name: monolith,", "name: " + shop.username() + ",")
                        .replace("${MONOLITH_DATABASE_PASSWORD:monolith}", shop.password())
                        .replace("jdbc:postgresql://" + Maps.NOWHERE + "/monolith", shop.jdbcUrl())
                        .replace("name: dam,", "name: " + dams.username() + ",")
                        .replace("${DAM_DATABASE_PASSWORD:dam}", dams.password())
                        .replace("jdbc:postgresql://" + Maps.NOWHERE + "/dam", dams.jdbcUrl())
                        .replace("assets.v1", infrastructure.topic("assets"))
                        .replace("products.v1", infrastructure.topic("products")));
        var map = FeatureMap.load(file, Map.of());
        new RelayDatabase(map.connectors().get(0), shop.dataSource())
                .role(infrastructure.postgresServer().administrator());
        StranglerSchema.migrate(dams.dataSource());
        facade = new FacadeProcess(infrastructure.database("facade"), file);
    }

    @AfterAll
    void end() {
        facade.close();
        monolith.close();
        dam.close();
    }

    @Test
    void the_relay_is_set_up_and_said_to_run() {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            var relay = relay();
            assertThat(relay.path("condition").asString()).isEqualTo("RUNNING");
            assertThat(relay.path("setup").isMissingNode()).as(relay.toString()).isTrue();
            assertThat(relay.path("tasks").path("value").path(0).asString()).isEqualTo("RUNNING");
            var slot = relay.path("slot").path("value");
            assertThat(slot.path("isThere").asBoolean()).isTrue();
            assertThat(slot.path("isActive").asBoolean()).isTrue();
            assertThat(slot.path("retainedBytes").asLong()).isNotNegative();
            assertThat(relay.path("lag").path("value").path("bytes").asLong()).isNotNegative();
        });
        // The PIM's database is away here, which keeps nobody else's relay from running.
        assertThat(facade.post("/control/relays/ensure", "{}").path("inTheWay").asString())
                .contains("pim: ")
                .doesNotContain("monolith: ");
    }

    @Test
    void a_consumer_is_as_far_behind_as_the_topic_is_ahead_of_its_position() {
        the_relay_is_set_up_and_said_to_run();
        var topic = feature().path("topic").asString();
        position("dam-assets", topic, 0);
        assertThat(behind("dam-assets")).isZero();
        for (var number = 0; number < 5; number++) {
            append(topic, number);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(behind("dam-assets")).isEqualTo(5));
    }

    @Test
    void parked_keys_are_listed_and_decided_on_where_they_lie() {
        var id = UUID.randomUUID().toString();
        position("dam-parking", "assets.parked", 0);
        park("dam-parking", id, 7);
        park("dam-parking", id, 9);
        var parked = keyOf(id);
        assertThat(parked.path("side").asString()).isEqualTo("dam");
        assertThat(parked.path("offset").asInt()).isEqualTo(7);
        assertThat(parked.path("records").asInt()).isEqualTo(2);
        assertThat(parked.path("cause").asString()).isEqualTo("no such colour");
        assertThat(parked.path("verdict").isMissingNode()).isTrue();

        for (var verdict : List.of("retry", "skip")) {
            var decided = facade.post("/control/parked/" + verdict, key("dam-parking", id));
            assertThat(decided.path("side").asString()).isEqualTo("dam");
            assertThat(keyOf(id).path("verdict").asString()).isEqualToIgnoringCase(verdict);
        }
        var unknown = facade.order("/control/parked/skip", key("dam-parking", "another"));
        assertThat(unknown.statusCode()).isEqualTo(504);
        assertThat(unknown.body()).contains("pim (");
    }

    /** Whatever its id is: somebody else has chosen it. */
    @Test
    void a_parked_key_is_decided_on_in_the_console_by_whoever_may() {
        var id = "it's $(id) " + UUID.randomUUID() + " " + "long ".repeat(120);
        var topic = feature().path("topic").asString();
        position("dam-console", topic, 0);
        park("dam-console", topic, id, 7);
        var token = facade.get("/control/console").path("tokens").path("operator");
        var operator = ConsoleVisitor.as(facade, "olga", token.asString());
        var switcher = ConsoleVisitor.as(facade, "sue", FacadeProcess.TOKEN);
        var form = Map.of(
                "consumer",
                "dam-console",
                "aggregateType",
                "Asset",
                "aggregateId",
                id,
                "feature",
                "assets",
                "confirm",
                "assets");

        assertThat(operator.post("/console/events", "/console/parked/retry", form)
                        .body())
                .contains("retry of Asset it&#39;s", "dam-console carries it out at its next look", "decided:");
        assertThat(keyOf(id).path("verdict").asString()).isEqualToIgnoringCase("retry");
        assertThat(operator.post("/console/events", "/console/parked/skip", form)
                        .statusCode())
                .isEqualTo(403);
        assertThat(keyOf(id).path("verdict").asString()).isEqualToIgnoringCase("retry");
        assertThat(switcher.post("/console/events", "/console/parked/skip", form)
                        .body())
                .contains("skip of Asset it&#39;s");
        assertThat(keyOf(id).path("verdict").asString()).isEqualToIgnoringCase("skip");
    }

    @Test
    void a_client_sees_its_own_write_while_the_other_side_lags_and_reads_there_once_it_has_it() {
        facade.post("/control/features/assets/reads", """
                {"service": 100, "who": "ann"}""");
        var id = UUID.randomUUID().toString();
        JdbcClient.create(dams.dataSource())
                .sql("insert into strangler.inbox_consumes values ('dam-own', 'Asset') on conflict do nothing")
                .update();
        monolith.answerWriting("Asset:" + id + ":2");
        facade.send(java.net.http.HttpRequest.newBuilder(facade.shop("/api/assets"))
                .header("X-Client-Id", "writer")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x")));
        monolith.answer(monolith::sayName);
        assertThat(facade.servedBy("/api/assets/" + id, "writer")).isEqualTo("monolith");
        assertThat(facade.servedBy("/api/assets/" + id, "reader")).isEqualTo("dam");
        applied(id, 1);
        assertThat(facade.servedBy("/api/assets/" + id, "writer")).isEqualTo("monolith");
        applied(id, 2);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(facade.servedBy("/api/assets/" + id, "writer"))
                        .isEqualTo("dam"));
    }

    @Test
    void what_happens_is_told_as_it_happens() {
        var told = new CopyOnWriteArrayList<String>();
        var listening = CompletableFuture.runAsync(() -> {
            try {
                HttpClient.newHttpClient()
                        .send(facade.authorised("/control/events").build(), BodyHandlers.ofLines())
                        .body()
                        .forEach(told::add);
            } catch (Exception ended) {
                // the façade ends first
            }
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> told.contains("event:hello"));
        facade.post("/control/features/products/reads", """
                {"service": 37, "who": "ann"}""");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(told)
                        .contains("event:route")
                        .anyMatch(
                                line -> line.startsWith("data:") && line.contains("products") && line.contains("37")));
        var id = UUID.randomUUID().toString();
        park("dam-telling", id, 1);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(told)
                        .contains("event:parked")
                        .anyMatch(line -> line.startsWith("data:") && line.contains(id)));
        assertThat(listening).isNotDone();
    }

    private tools.jackson.databind.JsonNode feature() {
        return facade.get("/control/features/assets");
    }

    private tools.jackson.databind.JsonNode relay() {
        return feature().path("relays").path("value").path(0);
    }

    private long behind(String consumer) {
        for (var side : feature().path("consumers")) {
            for (var one : side.path("consumers").path("value")) {
                if (one.path("consumer").asString().equals(consumer)) {
                    return one.path("behind").asLong();
                }
            }
        }
        throw new AssertionError("No consumer " + consumer + " in " + feature().path("consumers"));
    }

    private tools.jackson.databind.JsonNode keyOf(String id) {
        for (var key : facade.get("/control/parked").path("items")) {
            if (key.path("aggregateId").asString().equals(id)) {
                return key;
            }
        }
        throw new AssertionError("Nothing parked of " + id);
    }

    private static String key(String consumer, String id) {
        return """
                {"consumer": "%s", "aggregateType": "Asset", "aggregateId": "%s"}""".formatted(consumer, id);
    }

    private void position(String consumer, String topic, int partition) {
        JdbcClient.create(dams.dataSource())
                .sql("""
                        insert into strangler.inbox_position (consumer, topic, partition, next_offset) values (?, ?, ?, 0)
                        on conflict do nothing
                        """)
                .params(consumer, topic, partition)
                .update();
    }

    private void park(String consumer, String id, long offset) {
        park(consumer, "assets.parked", id, offset);
    }

    private void park(String consumer, String topic, String id, long offset) {
        JdbcClient.create(dams.dataSource())
                .sql("""
                        insert into strangler.inbox_parked
                            (consumer, topic, partition, "offset", aggregatetype, aggregateid, headers, payload, cause, attempts)
                        values (?, ?, 0, ?, 'Asset', ?, '{}', '{}', 'no such colour', 3)
                        """)
                .params(consumer, topic, offset, id)
                .update();
    }

    private void applied(String id, long version) {
        JdbcClient.create(dams.dataSource()).sql("""
                        insert into strangler.inbox_version values ('dam-own', 'Asset', ?, ?)
                        on conflict (consumer, aggregatetype, aggregateid) do update set version = excluded.version
                        """).params(id, version).update();
    }

    private void append(String topic, int number) {
        JdbcClient.create(shop.dataSource())
                .sql("""
                        insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin,
                                                      aggregateversion, schemaversion, occurredat)
                        values (?, 'Asset', ?, 'AssetUploaded', ?, '{}', 'monolith', 1, 1, now())
                        """)
                .params("monolith-Asset-%d-v1".formatted(number), String.valueOf(number), topic)
                .update();
    }
}
