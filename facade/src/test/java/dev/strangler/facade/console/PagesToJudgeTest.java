package dev.strangler.facade.console;

import static dev.strangler.facade.console.RenderedPages.render;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
import dev.strangler.facade.control.MovingController.Ending;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States that a whole shop gets into rarely, kept as whole pages for a browser to judge. */
class PagesToJudgeTest {

    private static final String NOT_YET = "<p class=\"hint\">Looking …</p>";

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_feature_with_trouble_in_its_flow_and_sessions_in_the_way(Role role) throws Exception {
        var page = whole(Models.feature(Samples.report(), Phase.PREPARED, role), "judged-trouble-" + role.label());
        assertThat(page).contains("parked keys: see events", "nightly-batch", "tags[0]", "Answers that differed");
        assertThat(page.contains("class=\"denied\"")).isEqualTo(role != Role.SWITCHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence", "open"})
    void a_handover_on_its_way(String reached) throws Exception {
        var model = Models.feature(Samples.report(), Phase.CUTTING_FORWARD, Role.SWITCHER);
        model.put("newest", Handover.of(HandoverSamples.underWay(reached)));
        assertThat(whole(model, "judged-moving-" + reached)).contains("Resume");
    }

    @Test
    void a_sealed_feature() throws Exception {
        var model = Models.feature(Samples.owned(), Phase.SEALED, Role.SWITCHER);
        model.put(
                "endings",
                List.of(new Ending(
                        "op-11", "seal", "DONE", Samples.NOW.minusSeconds(60), "ann", "detail " + Samples.HOSTILE)));
        assertThat(whole(model, "judged-sealed")).contains("./strangler retire products", "Sealing and retiring");
    }

    @Test
    void what_came_of_an_act_well_and_badly() throws Exception {
        var model = Models.feature(Samples.report(), Phase.PREPARED, Role.SWITCHER);
        model.put("planned", HandoverSamples.go(600));
        model.put("saidAt", "preflight");
        assertThat(whole(model, "judged-said-bad")).contains("said bad", "! passed then");
        model.put("said", Said.done("Go: nothing is in the way.", List.of("Nothing was changed.")));
        assertThat(whole(model, "judged-said-done")).contains("said done");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void parked_keys(Role role) throws Exception {
        var model = Models.events();
        model.put("operator", new Operator("ann", role));
        assertThat(render("events", model, "judged-parked-" + role.label())).contains("Parked keys", "can’t be asked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "wait", "out"})
    void nobody_is_in(String why) throws Exception {
        var model =
                new HashMap<String, Object>(Map.of("next", "/console", "wrong", false, "wait", false, "out", false));
        model.put(why, true);
        assertThat(render("log-in", model, "judged-log-in-" + why))
                .contains("role=\"" + (why.equals("out") ? "status" : "alert"));
    }

    /** With those parts in it that a page asks for once it is open. */
    private static String whole(Map<String, Object> model, String keptAs) throws Exception {
        var page = render("feature", model, keptAs);
        for (var part : List.of("flow", "fences")) {
            var place = page.indexOf(NOT_YET);
            assertThat(place).isPositive();
            page = page.substring(0, place)
                    + render("parts :: " + part, Models.flow(), "part-" + part)
                    + page.substring(place + NOT_YET.length());
        }
        RenderedPages.keep(page, keptAs);
        return page;
    }
}
