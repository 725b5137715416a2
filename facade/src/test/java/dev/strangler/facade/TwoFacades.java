package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.facade.moving.Breakpoints;
import dev.strangler.facade.moving.Breakpoints.Moment;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Two whole façades that share a control database, two sides that write behind real fences, and whatever carries markers between them: what tests of handovers
 * need, and ask.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoFacades {

    /** What nobody watches here: there are no connectors and proofs. */
    static final String WAIVED = "[\"parity-proof\",\"relay\",\"lag\",\"reverse-relay\",\"parked\",\"reverse-parked\"]";

    static final FeatureName ASSETS = new FeatureName("assets");

    final ExecutorService threads = Executors.newCachedThreadPool();
    Database shop;
    FencedSides sides;
    FacadeProcess facade;
    FacadeProcess other;
    Path map;
    Path mapWithoutMonolith;
    Database control;

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
        facade = new FacadeProcess(
                control, map, patient("--facade.handover.audit-every=200ms", "--facade.handover.settle=300ms"));
        other = new FacadeProcess(control, map, patient());
        JdbcClient.create(control.dataSource())
                .sql("insert into phase (feature, phase, who) values ('assets', 'PREPARED', 'test')")
                .update();
        facade.post("/control/features/assets/reads", """
                {"service": 100, "who": "ann"}""");
    }

    /** Other tests keep the machine busy: what arrives late is no failure here. */
    private static String[] patient(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--facade.handover.before.round-trip=6s",
                                "--facade.handover.gap.drain=6s",
                                "--facade.handover.gap.whole=10s",
                                "--facade.handover.instances.hold=10s"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @AfterAll
    void end() throws InterruptedException {
        other.close();
        facade.close();
        threads.shutdownNow();
        sides.close();
    }

    HttpResponse<String> atOnce(CyclicBarrier start, FacadeProcess at, String who) throws Exception {
        start.await();
        return at.order("/control/features/assets/cutover", """
                {"who": "%s", "waive": %s}""".formatted(who, WAIVED));
    }

    void stopAt(StepName step) {
        breakpoints().forEach(points -> points.set(ASSETS, step, Moment.BEFORE, null));
    }

    boolean isStopped() {
        return breakpoints().anyMatch(points -> points.isReached(ASSETS));
    }

    /** Until somebody stands still there; an order that ends without getting there says why. */
    void awaitStopped(Future<HttpResponse<String>> order) throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> isStopped() || order.isDone());
        if (!isStopped()) {
            goOn();
            throw new AssertionError("It never stood still: " + order.get().body());
        }
    }

    /** Until tracers arrive both ways: one that was missed, for whatever reason, is remembered for some seconds. */
    void awaitFlow() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(gates(post("plan", ", \"waive\": " + WAIVED)))
                        .containsEntry("tracer", "PASSED")
                        .containsEntry("reverse-tracer", "PASSED"));
    }

    void goOn() {
        breakpoints().forEach(points -> points.clear(ASSETS));
    }

    Stream<Breakpoints> breakpoints() {
        return Stream.of(facade, other).map(one -> one.context().getBean(Breakpoints.class));
    }

    /** As if the service's database were gone for its fence, without the seconds that a connection to nobody takes. */
    void takeFenceOfServiceAway() {
        rename("fence_burn(text, bigint, text)", "fence_burn_away");
        rename("fence_state(text)", "fence_state_away");
    }

    void bringFenceOfServiceBack() {
        rename("fence_state_away(text)", "fence_state");
        rename("fence_burn_away(text, bigint, text)", "fence_burn");
    }

    private void rename(String function, String to) {
        sides.at("dam")
                .sql("alter function strangler.%s rename to %s".formatted(function, to))
                .update();
    }

    static Map<String, String> gates(JsonNode plan) {
        var gates = new LinkedHashMap<String, String>();
        plan.path("gates")
                .forEach(gate -> gates.put(
                        gate.path("name").asString(), gate.path("verdict").asString()));
        return gates;
    }

    List<String> holes() {
        var holes = new ArrayList<String>();
        for (var fence : facade.get("/control/features/assets").path("fences")) {
            assertThat(fence.path("holes").path("unknown").isMissingNode()).isTrue();
            fence.path("holes").path("value").forEach(hole -> holes.add(hole.asString()));
        }
        return holes;
    }

    JsonNode measured(String meter, String... tags) {
        return facade.get("/actuator/metrics/" + meter + "?tag=" + String.join("&tag=", tags));
    }

    double value(String meter, String... tags) {
        return measured(meter, tags).path("measurements").path(0).path("value").asDouble();
    }

    String refused(String verb, String more) {
        var answer = facade.order("/control/features/assets/" + verb, "{\"who\": \"ann\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        return answer.body();
    }

    String outcome(String operation) {
        return facade.get("/control/features/assets/operations/" + operation)
                .path("outcome")
                .asString();
    }

    List<JsonNode> operations() {
        var all = new ArrayList<JsonNode>();
        facade.get("/control/features/assets/operations").path("items").forEach(all::add);
        return all;
    }

    JsonNode doctor() {
        return facade.get("/control/features/assets/doctor");
    }

    JsonNode post(String verb, String more) {
        return facade.post("/control/features/assets/" + verb, "{\"who\": \"ann\"" + more + "}");
    }
}
