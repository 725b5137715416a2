package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found before a handover and beside it: by the gates of a plan, by the doctor, and by whoever watches the fences. */
@WithInfrastructure
@Timeout(300)
class ExaminingIT extends TwoFacades {

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
    void scripts_of_an_application_that_wait_to_be_run_are_told_by_its_process_and_nobody_passes() {
        sides.schema = """
                {"status": "OUT_OF_SERVICE", "details": {"waiting": ["V12__prices.sql"]}}""";
        var refused = refused("cutover", ", \"waive\": " + WAIVED.replace("]", ",\"scripts-of-monolith\"]"));
        sides.schema = "{}";
        assertThat(refused)
                .contains("scripts-of-monolith: V12__prices.sql waits to be run, required none failed, none waits");
    }

    @Test
    void keys_that_wait_for_an_operator_are_named_by_the_doctor() {
        var at = sides.at("monolith");
        var topic = FeatureMap.load(map).feature(ASSETS).orElseThrow().topic();
        at.sql("""
                        insert into strangler.inbox_parked (consumer, topic, partition, "offset", aggregatetype, aggregateid, headers, cause)
                        values ('monolith-assets', ?, 0, 7, 'Asset', 'a-7', '{}', 'This side owns Asset a-7, and a stranger decides about it.')
                        """).param(topic).update();
        try {
            assertThat(doctor().path("facts").toString())
                    .contains("1 key is parked at the monolith")
                    .contains("Asset a-7 of consumer monolith-assets: This side owns Asset a-7");
        } finally {
            at.sql("delete from strangler.inbox_parked").update();
        }
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
    void a_table_that_refers_to_the_feature_and_is_named_by_none_is_told_by_the_doctor_and_holds_nothing_up() {
        sides.at("monolith")
                .sql("create table asset_rating (asset_id text references asset (id), stars int)")
                .update();
        try {
            var found = doctor();
            assertThat(found.path("finding").asString()).isEqualTo("SOUND");
            assertThat(found.path("facts"))
                    .extracting(fact -> fact.asString())
                    .filteredOn(
                            fact -> fact.startsWith("Table asset_rating of the monolith refers to tables of 'assets'"))
                    .singleElement()
                    .asString()
                    .endsWith("If it is of 'assets', name it in strangler.yml and run prepare.");
            assertThat(holes()).isEmpty();
            awaitFlow();
            var plan = post("plan", ", \"waive\": " + WAIVED.replace("]", ",\"refused-writes\"]"));
            assertThat(plan.path("go").asBoolean()).as(plan.toString()).isTrue();
        } finally {
            sides.at("monolith").sql("drop table asset_rating").update();
        }
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
}
