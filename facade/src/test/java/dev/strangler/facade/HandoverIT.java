package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.facade.moving.Breakpoints;
import dev.strangler.facade.moving.Breakpoints.Moment;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whole façades that hand writes over, by the control API, while clients write; fences and topic are real, the relay is not. */
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class HandoverIT {

    /** What nobody watches here: there are no connectors, tracers and proofs. */
    private static final String WAIVED =
            "[\"parity-proof\",\"relay\",\"lag\",\"tracer\",\"reverse-relay\",\"reverse-tracer\",\"parked\",\"reverse-parked\"]";

    private static final FeatureName ASSETS = new FeatureName("assets");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Database shop;
    private FencedSides sides;
    private FacadeProcess facade;
    private FacadeProcess other;
    private Path map;
    private Path mapWithoutMonolith;
    private Database control;

    @BeforeAll
    void start(Infrastructure infrastructure, @TempDir Path directory) {
        shop = infrastructure.database("shop");
        var dams = infrastructure.database("dam");
        sides = new FencedSides(shop, dams);
        var topic = infrastructure.topic("assets");
        infrastructure.createTopic(topic, FencedSides.PARTITIONS);
        var environment = Maps.environment(sides.monolith.url(), sides.dam.url(), sides.dam.url());
        environment.put("KAFKA_BOOTSTRAP", infrastructure.bootstrapServers());
        UnaryOperator<String> here = text -> text.replace("name: monolith,", "name: " + shop.username() + ",")
                .replace("${MONOLITH_DATABASE_PASSWORD:monolith}", shop.password())
                .replace("jdbc:postgresql://" + Maps.NOWHERE + "/monolith", shop.jdbcUrl())
                .replace("name: dam,", "name: " + dams.username() + ",")
                .replace("${DAM_DATABASE_PASSWORD:dam}", dams.password())
                .replace("jdbc:postgresql://" + Maps.NOWHERE + "/dam", dams.jdbcUrl())
                .replace("topic: assets.v1", "topic: " + topic);
        map = Maps.file(directory, environment, here);
        mapWithoutMonolith = Maps.file(
                directory,
                environment,
                text -> here.apply(text)
                        .replace("monolith: [asset, asset_tag]", "monolith: []")
                        .replace("monolith: [dev.strangler.monolith.assets]", "monolith: []"));
        control = infrastructure.database("facade");
        facade = new FacadeProcess(control, map, "--facade.handover.audit-every=200ms");
        other = new FacadeProcess(control, map);
        JdbcClient.create(control.dataSource())
                .sql("insert into phase (feature, phase, who) values ('assets', 'PREPARED', 'test')")
                .update();
        facade.post("/control/features/assets/reads", """
                {"service": 100, "who": "ann"}""");
    }

    @AfterAll
    void end() throws InterruptedException {
        other.close();
        facade.close();
        threads.shutdownNow();
        sides.close();
    }

    @Test
    void a_gate_that_says_no_is_told_with_all_others_and_nothing_is_changed() {
        var plan = post("plan", "");
        assertThat(plan.path("go").asBoolean()).isFalse();
        var refused = facade.order("/control/features/assets/cutover", """
                {"who": "ann"}""");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("parity-proof: none")
                .contains("Run verify")
                .contains("nothing was changed");
        assertThat(refused.body()).doesNotContain("rehearsal: none");
        assertThat(plan.path("gates"))
                .filteredOn(gate -> gate.path("name").asString().equals("rehearsal"))
                .extracting(gate -> gate.path("verdict").asString())
                .containsExactly("ADVISED");
        assertThat(value("strangler.handover.refused", "feature:assets")).isPositive();
        assertThat(operations())
                .noneMatch(operation -> operation.path("who").asString().equals("nobody"));
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
    }

    @Test
    void writes_move_to_the_service_and_back_while_clients_write_through_two_facades() throws Exception {
        var gaps = new ArrayList<Long>();
        try (var clients = new Clients(List.of(facade, other))) {
            clients.awaitTaken(30);
            for (var round = 0; round < 3; round++) {
                for (var verb : List.of("cutover", "back")) {
                    var ended = post(verb, ", \"waive\": " + WAIVED);
                    assertThat(ended.path("outcome").asString())
                            .as(ended.toString())
                            .isEqualTo("DONE");
                    gaps.add(ended.path("gapMillis").asLong());
                    var owner = verb.equals("cutover") ? "dam" : "monolith";
                    assertThat(clients.write(facade)).isEqualTo(owner);
                    assertThat(clients.write(other)).isEqualTo(owner);
                    clients.awaitTaken(20);
                }
            }
            clients.end();
            var monolith = sides.taken("monolith");
            var dam = sides.taken("dam");
            assertThat(monolith).doesNotContainAnyElementsOf(dam);
            var taken = new HashSet<>(monolith);
            taken.addAll(dam);
            assertThat(taken).containsAll(clients.acknowledged);
            assertThat(clients.failure.get()).isNull();
        }
        System.out.println("write gaps in ms: " + gaps);
        var journal = facade.get("/control/features/assets/operations")
                .path("items")
                .path(0)
                .path("steps");
        assertThat(journal.size()).isGreaterThan(20);
        var gap = measured("strangler.handover.gap", "feature:assets");
        assertThat(gap.path("measurements").path(0).path("value").asDouble()).isGreaterThanOrEqualTo(6);
        assertThat(value("strangler.feature.epoch", "feature:assets"))
                .isEqualTo(facade.get("/control/features/assets")
                        .path("route")
                        .path("epoch")
                        .asDouble());
        assertThat(value("strangler.feature.owner", "feature:assets")).isZero();
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
    }

    @Test
    void what_a_dead_facade_left_behind_is_ended_by_a_living_one() {
        var epoch = facade.get("/control/features/assets")
                .path("route")
                .path("epoch")
                .asLong();
        var database = JdbcClient.create(control.dataSource());
        database.sql("""
                        insert into operation (id, feature, direction, from_epoch, to_epoch, who, why, waived, holder, led_until)
                        values ('op-left', 'assets', 'FORWARD', ?, ?, 'ann', '', '{}', 'dead', now() - interval '1 second')
                        """).params(epoch, epoch + 5).update();
        database.sql("""
                        insert into operation_step (operation, step, outcome, at, detail, notes)
                        values ('op-left', 'FENCE', 'BEGAN', now(), '', '{}')
                        """).update();
        sides.at("monolith")
                .sql("select strangler.fence_close('assets', ?, 'op-left', '[]')::text")
                .param(epoch)
                .query(String.class)
                .single();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(outcome("op-left")).isEqualTo("ABORTED"));
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(doctor().path("side").asString()).isEqualTo("monolith");
    }

    @Test
    void a_fence_that_somebody_closed_by_hand_is_found_and_repaired() {
        var epoch = facade.get("/control/features/assets")
                .path("route")
                .path("epoch")
                .asLong();
        sides.at("monolith")
                .sql("select strangler.fence_close('assets', ?, 'by-hand', '[]')::text")
                .param(epoch)
                .query(String.class)
                .single();
        assertThat(doctor().path("finding").asString()).isEqualTo("BOTH_CLOSED");
        var repaired = post("repair", "");
        assertThat(repaired.path("after").path("finding").asString()).isEqualTo("SOUND");
        assertThat(repaired.path("done").size()).isPositive();
    }

    @Test
    void events_that_do_not_arrive_take_the_handover_back() {
        sides.isCut = true;
        var ended = post("cutover", ", \"waive\": " + WAIVED);
        sides.isCut = false;
        assertThat(ended.path("outcome").asString()).isEqualTo("ABORTED");
        assertThat(ended.path("reason").asString()).startsWith("drain: Markers had not arrived");
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(facade.order("/control/features/assets/abort", "{\"who\": \"ann\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void of_two_operators_at_once_one_wins_and_the_other_is_told_and_may_have_it_taken_back() throws Exception {
        stopAt(StepName.DRAIN);
        var orders = new LinkedHashMap<FacadeProcess, Future<HttpResponse<String>>>();
        var start = new CyclicBarrier(2);
        orders.put(facade, threads.submit(() -> atOnce(start, facade, "ann")));
        orders.put(other, threads.submit(() -> atOnce(start, other, "bob")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> orders.values().stream().anyMatch(Future::isDone));
        var late = orders.get(facade).isDone() ? facade : other;
        var refused = orders.get(late).get();
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body())
                .containsPattern(
                        late == facade ? "op-\\S+ by bob, forward since 20" : "op-\\S+ by ann, forward since 20")
                .contains("led by facade-");

        await().atMost(Duration.ofSeconds(30)).until(this::isStopped);
        var abort = threads.submit(() -> late.order("/control/features/assets/abort", """
                {"who": "cid", "why": "too early"}"""));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> operations().get(0).path("outcome").asString().equals("ABORTING"));
        goOn();
        var aborted = abort.get();
        assertThat(aborted.statusCode()).as(aborted.body()).isEqualTo(200);
        assertThat(aborted.body()).contains("\"ABORTED\"").contains("check: aborted by cid too early");
        var winner = orders.get(late == facade ? other : facade).get();
        assertThat(winner.body()).contains("\"ABORTED\"");
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(doctor().path("side").asString()).isEqualTo("monolith");
    }

    @Test
    void past_the_point_of_no_return_an_abort_is_told_that_it_only_goes_forward() throws Exception {
        stopAt(StepName.RELEASE);
        var order = threads.submit(() -> facade.order("/control/features/assets/cutover", """
                {"who": "ann", "waive": %s}""".formatted(WAIVED)));
        await().atMost(Duration.ofSeconds(30)).until(this::isStopped);
        var refused = other.order("/control/features/assets/abort", "{\"who\": \"bob\"}");
        goOn();
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("only goes forward").contains("the service owns 'assets'");
        assertThat(order.get().body()).contains("\"DONE\"");
        assertThat(post("back", ", \"waive\": " + WAIVED).path("outcome").asString())
                .isEqualTo("DONE");
    }

    @Test
    void a_table_that_falls_out_of_its_fence_is_seen_without_being_asked_for_and_again_when_it_is_back() {
        sides.at("monolith")
                .sql("alter table asset_tag disable trigger strangler_fence")
                .update();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(holes())
                            .singleElement()
                            .asString()
                            .startsWith("Table asset_tag has a fence that is disabled"));
            assertThat(value("strangler.fence.holes", "feature:assets", "side:monolith"))
                    .isEqualTo(1);
            assertThat(doctor().path("finding").asString()).isEqualTo("LEAKY");
            assertThat(doctor().path("facts").toString())
                    .contains("Hole in the fence of the monolith: Table asset_tag");
        } finally {
            sides.at("monolith")
                    .sql("alter table asset_tag enable always trigger strangler_fence")
                    .update();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(holes()).isEmpty());
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
    }

    @Test
    void a_rehearsal_that_is_handed_in_is_shown_by_the_plan() {
        var digest = FeatureMap.load(map).feature(ASSETS).orElseThrow().digest();
        var path = "/control/features/assets/rehearsals";
        var body = """
                {"map": "%%s", "at": "%s", "handovers": 6, "faults": 2, "violations": 0, "clean": true, "who": "ann"}""".formatted(Instant.now().minus(Duration.ofDays(60)));
        assertThat(facade.ask(path + "/newest").statusCode()).isEqualTo(404);
        assertThat(facade.post(path, body.formatted(digest)).path("ofThisMap").asBoolean())
                .isTrue();
        assertThat(facade.order(path, body.formatted("another")).statusCode()).isEqualTo(400);
        assertThat(post("plan", "").path("gates"))
                .filteredOn(gate -> gate.path("name").asString().equals("rehearsal"))
                .extracting(gate -> gate.path("value").asString())
                .singleElement()
                .asString()
                .startsWith("clean, 60 d ago")
                .endsWith("6 handovers, 2 with a part killed");
    }

    private HttpResponse<String> atOnce(CyclicBarrier start, FacadeProcess at, String who) throws Exception {
        start.await();
        return at.order("/control/features/assets/cutover", """
                {"who": "%s", "waive": %s}""".formatted(who, WAIVED));
    }

    private void stopAt(StepName step) {
        breakpoints().forEach(points -> points.set(ASSETS, step, Moment.BEFORE, null));
    }

    private boolean isStopped() {
        return breakpoints().anyMatch(points -> points.isReached(ASSETS));
    }

    private void goOn() {
        breakpoints().forEach(points -> points.clear(ASSETS));
    }

    private Stream<Breakpoints> breakpoints() {
        return Stream.of(facade, other).map(one -> one.context().getBean(Breakpoints.class));
    }

    private List<String> holes() {
        var holes = new ArrayList<String>();
        for (var fence : facade.get("/control/features/assets").path("fences")) {
            assertThat(fence.path("holes").path("unknown").isMissingNode()).isTrue();
            fence.path("holes").path("value").forEach(hole -> holes.add(hole.asString()));
        }
        return holes;
    }

    private JsonNode measured(String meter, String... tags) {
        return facade.get("/actuator/metrics/" + meter + "?tag=" + String.join("&tag=", tags));
    }

    private double value(String meter, String... tags) {
        return measured(meter, tags).path("measurements").path(0).path("value").asDouble();
    }

    /** The last of all, since nothing brings the feature back. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_sealed_feature_is_retired_once_nothing_of_it_is_left_in_the_monolith() {
        assertThat(refused("seal", ", \"dryRun\": true")).contains("can't be sealed: it is PREPARED, required is");
        assertThat(refused("retire", "")).contains("can't be retired: it is PREPARED, required is SEALED");
        assertThat(post("cutover", ", \"waive\": " + WAIVED).path("outcome").asString())
                .isEqualTo("DONE");

        var planned = post("seal", ", \"dryRun\": true");
        assertThat(planned.path("phase").asString()).isEqualTo("SERVICE_OWNED");
        assertThat(planned.path("steps").toString())
                .contains("Runs there: revoke delete, insert, truncate, update on asset from ")
                .contains("Stops whoever applies Asset");
        assertThat(facade.order("/control/features/assets/seal", "{\"who\": \"ann\"}")
                        .statusCode())
                .isEqualTo(400);
        var confirmed = ", \"confirm\": \"assets\"";
        assertThat(post("seal", confirmed).path("steps")).isEqualTo(planned.path("steps"));
        assertThat(post("seal", confirmed).path("phase").asString()).isEqualTo("SEALED");
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(refused("back", ", \"waive\": " + WAIVED)).contains("There is no way back");
        assertThat(refused("reads", ", \"service\": 0")).contains("can't answer reads of 'assets'");
        assertThat(refused("prepare", "")).contains("no handover to prepare");

        var left = post("retire", "");
        assertThat(left.path("standing").toString())
                .contains("GET /api/assets is answered with 200")
                .contains("the fence of 'assets'")
                .contains("view strangler.assets_state")
                .contains("tables asset, asset_tag")
                .contains("strangler.yml names tables of the monolith: asset, asset_tag");
        var script = new ArrayList<String>();
        left.path("script").forEach(line -> script.add(line.asString()));
        new JdbcTemplate(shop.dataSource()).execute(String.join("\n", script));
        sides.monolith.answer(exchange -> exchange.sendResponseHeaders(404, -1));
        var named = post("retire", "");
        assertThat(named.path("script").isEmpty()).isTrue();
        assertThat(named.path("standing"))
                .hasSize(2)
                .allMatch(thing -> thing.path("where").asString().equals("map"));

        try (var restarted = new FacadeProcess(control, mapWithoutMonolith)) {
            var gone = restarted.post("/control/features/assets/retire", "{\"who\": \"ann\"}");
            assertThat(gone.path("standing").isEmpty()).isTrue();
            assertThat(gone.path("phase").asString()).isEqualTo("RETIRED");
            assertThat(restarted
                            .get("/control/features/assets/doctor")
                            .path("finding")
                            .asString())
                    .isEqualTo("SOUND");
            assertThat(restarted
                            .get("/control/features/assets/endings")
                            .path("items")
                            .findValuesAsString("outcome"))
                    .startsWith("DONE", "FAILED", "FAILED", "DONE", "BEGAN")
                    .endsWith("DONE", "BEGAN");
        }
    }

    private String refused(String verb, String more) {
        var answer = facade.order("/control/features/assets/" + verb, "{\"who\": \"ann\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        return answer.body();
    }

    private String outcome(String operation) {
        return facade.get("/control/features/assets/operations/" + operation)
                .path("outcome")
                .asString();
    }

    private List<JsonNode> operations() {
        var all = new ArrayList<JsonNode>();
        facade.get("/control/features/assets/operations").path("items").forEach(all::add);
        return all;
    }

    private JsonNode doctor() {
        return facade.get("/control/features/assets/doctor");
    }

    private JsonNode post(String verb, String more) {
        return facade.post("/control/features/assets/" + verb, "{\"who\": \"ann\"" + more + "}");
    }
}
