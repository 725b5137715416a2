package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cutover.workflow.StepName;
import dev.strangler.sandbox.WithInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The consoles of two façades behind a balancer: whatever one was asked for, the other shows and carries on. */
@WithInfrastructure
@Timeout(300)
class ConsoleOfTwoFacadesIT extends TwoFacades {

    private static final String PAGE = "/console/features/assets";
    /** Has a form, and asks no side for anything. */
    private static final String QUICK_PAGE = "/console/audit";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern TO_WAIVE = Pattern.compile("id=\"waive-([a-z-]+)\"");

    private ConsoleVisitor here;
    private ConsoleVisitor there;

    @BeforeAll
    void logIn() {
        here = ConsoleVisitor.as(facade, "ann", FacadeProcess.TOKEN);
        there = ConsoleVisitor.as(other, "bob", FacadeProcess.TOKEN);
    }

    @Test
    void a_plan_that_was_made_at_one_is_shown_and_carried_out_at_the_other_and_ends_with_the_handover() {
        awaitFlow();
        here.post(PAGE, PAGE + "/acts/plan", Map.of());
        assertThat(there.get(PAGE).body()).contains("No go", "asked by <span>ann</span>");
        isHandedOver(there, "cutover");
        for (var visitor : List.of(here, there)) {
            assertThat(visitor.get(PAGE).body())
                    .contains("No gate was asked since the last handover")
                    .contains("data-millis=\"%d\""
                            .formatted(operations().get(0).path("gapMillis").asLong()));
        }

        // One that the command line has asked for is as good.
        other.post("/control/features/assets/plan", """
                {"who": "cid", "direction": "back", "waive": %s}""".formatted(WAIVED));
        assertThat(here.get(PAGE).body()).contains("✓ Go", "<span>back</span>", "asked by <span>cid</span>");
        isHandedOver(here, "back");
    }

    /** With those gates passed that the page offers to pass. */
    private void isHandedOver(ConsoleVisitor visitor, String verb) {
        var waived = TO_WAIVE.matcher(visitor.get(PAGE).body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        var said = visitor.post(PAGE, PAGE + "/acts/" + verb, Map.of("confirm", "assets", "waive", waived))
                .body();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(operations().get(0).path("outcome").asString())
                                .as(said)
                                .isEqualTo("DONE"));
        assertThat(operations().get(0).path("direction").asString())
                .isEqualTo(verb.equals("back") ? "back" : "forward");
    }

    /** What a rate is made of lies in the databases and the broker: each façade measures by itself, and none needs what another remembers. */
    @Test
    void rates_are_measured_by_whichever_is_asked() {
        try (var clients = new Clients(List.of(facade))) {
            clients.awaitTaken(1);
            await().atMost(SOON).untilAsserted(() -> {
                for (var visitor : List.of(here, there)) {
                    assertThat(visitor.get(PAGE + "/parts/flow").body()).containsPattern("[1-9][\\d,]* k?B/s of log");
                }
            });
        }
    }

    @Test
    void a_handover_whose_target_is_down_is_taken_back_by_a_switcher_who_vouches_for_that() throws Exception {
        assertThat(there.get(PAGE).body()).doesNotContain("do-abort-target-down");
        awaitFlow();
        stopAt(StepName.DRAIN);
        var order = threads.submit(() -> facade.order("/control/features/assets/cutover", """
                {"who": "ann", "waive": %s}""".formatted(WAIVED)));
        awaitStopped(order);
        takeFenceOfServiceAway();
        try {
            assertThat(there.get(PAGE).body())
                    .contains("id=\"do-abort-target-down\"", "You vouch that the database of the service does not run")
                    .contains("./strangler abort assets --target-is-down");
            var act = PAGE + "/acts/abort-target-down";
            assertThat(there.post(QUICK_PAGE, act, Map.of()).body()).contains("is done only once the feature is named");
            assertThat(operations().get(0).path("outcome").asString()).isEqualTo("RUNNING");
            assertThat(there.post(QUICK_PAGE, act, Map.of("confirm", "assets")).body())
                    .contains("has begun");
            goOn();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(operations().get(0).path("outcome").asString())
                                    .isEqualTo("ABORTED"));
            order.get();
        } finally {
            goOn();
            bringFenceOfServiceBack();
        }
        assertThat(operations().get(0).toString())
                .contains("could not be asked")
                .contains("vouched");
        assertThat(doctor().path("finding").asString()).isEqualTo("SOUND");
        assertThat(doctor().path("side").asString()).isEqualTo("monolith");
    }
}
