package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.sandbox.WithInfrastructure;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whole façades that hand writes over, by the control API, while clients write; fences and topic are real, the relay is not. */
@WithInfrastructure
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class HandoverIT extends TwoFacades {
    @Test
    void writes_move_to_the_service_and_back_while_clients_write_through_two_facades() throws Exception {
        var gaps = new ArrayList<Long>();
        awaitFlow();
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
                        values ('op-left', 'assets', 'FORWARD', ?, ?, 'ann', '', '{}', 'dead', now() + interval '1 minute')
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
        database.sql("update operation set led_until = now() - interval '1 second' where id = 'op-left'")
                .update();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(outcome("op-left")).isEqualTo("ABORTED"));
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(doctor().path("side").asString()).isEqualTo("monolith");
    }

    @Test
    void events_that_do_not_arrive_take_the_handover_back() {
        awaitFlow();
        sides.isCut = true;
        assertThat(refused("cutover", ", \"waive\": " + WAIVED))
                .contains("tracer: had not arrived after 6000 ms, required one sent now arrives within 6000 ms")
                .contains("reverse-tracer: had not arrived");
        var ended = post("cutover", ", \"waive\": " + WAIVED.replace("]", ",\"tracer\",\"reverse-tracer\"]"));
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
        awaitFlow();
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
        awaitFlow();
        stopAt(StepName.RELEASE);
        var order = threads.submit(() -> facade.order("/control/features/assets/cutover", """
                {"who": "ann", "waive": %s}""".formatted(WAIVED)));
        awaitStopped(order);
        var refused = other.order("/control/features/assets/abort", "{\"who\": \"bob\"}");
        goOn();
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("only goes forward").contains("the service owns 'assets'");
        assertThat(order.get().body()).contains("\"DONE\"");
        assertThat(post("back", ", \"waive\": " + WAIVED).path("outcome").asString())
                .isEqualTo("DONE");
    }

    /** Its leader can't burn the epoch of a target that does not answer, and gives up; only somebody who knows more may go on. */
    @Test
    void a_led_handover_whose_target_is_down_is_taken_back_by_who_vouches_for_that() throws Exception {
        awaitFlow();
        stopAt(StepName.DRAIN);
        var order = threads.submit(() -> facade.order("/control/features/assets/cutover", """
                {"who": "ann", "waive": %s}""".formatted(WAIVED)));
        awaitStopped(order);
        takeFenceOfServiceAway();
        try {
            var abort = threads.submit(() -> other.order("/control/features/assets/abort", """
                    {"who": "bob", "why": "the disk is gone", "serviceDown": true}"""));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> operations().get(0).path("outcome").asString().equals("ABORTING"));
            goOn();
            assertThat(abort.get().body()).contains("\"ABORTED\"");
            order.get();
        } finally {
            bringFenceOfServiceBack();
        }
        assertThat(operations().get(0).toString())
                .contains("could not be asked")
                .contains("vouched");
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(doctor().path("side").asString()).isEqualTo("monolith");
    }

    /** A slot that nobody reads is that of a relay that does not run: what it will repeat is not known before it has confirmed. */
    @Test
    void a_relay_that_confirms_late_holds_up_the_next_handover_and_is_settled_by_itself() {
        var slot = FeatureMap.load(map)
                .deployable(FeatureMap.load(map).feature(ASSETS).orElseThrow(), Side.MONOLITH)
                .connector()
                .slot();
        var monolith = new JdbcTemplate(shop.dataSource());
        monolith.queryForList("select pg_create_logical_replication_slot(?, 'pgoutput')", slot);
        try {
            var moved = post("cutover", ", \"waive\": " + WAIVED);
            assertThat(moved.path("outcome").asString()).as(moved.toString()).isEqualTo("DONE");
            assertThat(moved.toString()).contains("has not confirmed within 300 ms");
            assertThat(doctor().path("facts").toString())
                    .contains("The relay of the monolith has not confirmed since op-");
            assertThat(refused("back", ", \"waive\": " + WAIVED))
                    .contains("last-word: not that of the monolith since op-");

            monolith.queryForList("select pg_replication_slot_advance(?, pg_current_wal_lsn())", slot);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(doctor().path("facts").toString()).doesNotContain("has not confirmed"));
            assertThat(operations().get(0).toString()).contains("began anew before it had confirmed");
        } finally {
            monolith.queryForList("select pg_drop_replication_slot(?)", slot);
        }
        assertThat(post("back", ", \"waive\": " + WAIVED).path("outcome").asString())
                .isEqualTo("DONE");
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
        assertThat(refused("backfill", ""))
                .contains("can't be copied: it is SEALED")
                .contains("with retire");
        assertThat(refused("verify", ""))
                .contains("can't be compared: it is SEALED")
                .contains("with retire");

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
}
