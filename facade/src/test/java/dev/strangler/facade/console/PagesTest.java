package dev.strangler.facade.console;

import static dev.strangler.facade.console.RenderedPages.render;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages themselves, without anything behind them: full, empty, with everything unknown, and with texts of somebody who means harm. */
class PagesTest {

    @ParameterizedTest
    @EnumSource(Role.class)
    void show_everything_about_a_feature(Role role) throws Exception {
        var page = render("feature", Models.feature(Samples.report(), Phase.PREPARED, role), "feature-" + role.label());
        assertThat(page)
                .contains("assets", "Nobody could write for", "38 ms", "behind", "./strangler verify assets")
                .contains("./strangler cutover assets")
                // The monolith writes, and nothing is on its way.
                .doesNotContain("id=\"act-seal\"", "id=\"act-resume\"", "id=\"do-abort\"");
        assertThat(page.contains("id=\"do-cutover\"")).isEqualTo(role == Role.SWITCHER);
        assertThat(page.contains("id=\"do-verify\"")).isEqualTo(role != Role.VIEWER);
    }

    @Test
    void say_so_where_nothing_is_known() throws Exception {
        var model = Models.model(Role.VIEWER);
        model.put("name", "assets");
        model.put("report", Samples.unknown());
        model.put("card", Models.card(Samples.unknown(), Phase.MONOLITH));
        model.put("newest", null);
        model.put("handovers", List.of());
        model.put("gaps", GapPlot.of(List.of()));
        model.put("planned", null);
        model.put("verification", Samples.readingUnknown());
        model.put("shadow", Samples.noShadow());
        model.put("journal", List.of());
        model.put("endings", List.of());
        assertThat(render("feature", model, "feature-unknown"))
                .contains("unknown", "Never handed over", "connection refused")
                .doesNotContain("mark done");
    }

    @Test
    void let_nobody_s_text_become_a_script() throws Exception {
        for (var page : List.of(
                render("feature", Models.feature(Samples.report(), Phase.PREPARED, Role.SWITCHER), "feature"),
                render("overview", Models.overview(), "overview"),
                render("events", Models.events(), "events"),
                render("audit", Models.audit(), "audit"),
                render("parts :: flow", Models.flow(), "part-flow"),
                render("parts :: fences", Models.flow(), "part-fences"))) {
            // What a form sends back is sent as it was; nobody sees that.
            assertThat(page.replaceAll("type=\"hidden\"[^>]*>", ""))
                    .doesNotContain("<script>", "<img src=x", "\u202e")
                    .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                    .doesNotContainPattern("\\s(style|on[a-z]+)=\"");
        }
        assertThat(render("events", Models.events(), "events")).contains("&lt;script&gt;", "\\u{202e}");
    }

    @Test
    void offer_to_take_a_handover_back_only_while_that_is_possible() throws Exception {
        var model = Models.feature(Samples.report(), Phase.CUTTING_FORWARD, Role.OPERATOR);
        model.put("newest", Handover.of(HandoverSamples.underWay("fence")));
        assertThat(render("feature", model, "feature-moving"))
                .contains("id=\"do-abort\"", "Nobody can write since", "nothing is lost")
                .contains("./strangler abort assets --target-is-down")
                .doesNotContain("id=\"do-abort-target-down\"");
        model.put("operator", new Operator("ann", Role.SWITCHER));
        assertThat(render("feature", model, "feature-moving-switcher"))
                .contains("id=\"do-abort-target-down\"", "id=\"confirm-abort-target-down\"")
                .doesNotContain("id=\"do-cutover\"")
                .contains("You vouch that the database of the service does not run");
        model.put("newest", Handover.of(HandoverSamples.underWay("open")));
        assertThat(render("feature", model, "feature-past")).doesNotContain("--target-is-down");
        assertThat(render("parts :: handover", model, "part-past"))
                .doesNotContain("id=\"do-abort\"")
                .contains("nothing can be taken back any more");
    }

    /** A façade that hangs is no better than one that is gone. */
    @Test
    void say_so_when_parts_of_them_are_no_longer_answered() throws Exception {
        for (var page : List.of(
                render("feature", Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER), "feature"),
                render("overview", Models.overview(), "overview"))) {
            assertThat(page)
                    .contains("\"timeout\": 15000")
                    .contains("/static/unanswered.js")
                    .containsPattern("id=\"unanswered\"[^>]* role=\"alert\" hidden");
        }
    }

    @Test
    void call_a_gate_passed_only_as_long_as_that_is_fresh() throws Exception {
        var model = Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER);
        model.put("planned", HandoverSamples.go(110));
        assertThat(render("parts :: preflight", model, "part-preflight-go")).contains("✓ Go", "✓ passed", "110 s ago");
        model.put("planned", HandoverSamples.go(600));
        assertThat(render("parts :: preflight", model, "part-preflight-old"))
                .contains("! Go when it was asked: ask again", "! passed then", "10 min ago")
                .doesNotContain("mark done", "✓");
        assertThat(render("acts :: preflight", model, "part-preflight-acts"))
                .containsPattern("hx-get=\"/console/features/assets/parts/preflight\" hx-trigger=\"every 5s\"")
                .containsSubsequence("! Go when", "</table>", "<form");
    }

    /** An age that stands still is a lie; only what can't change by itself is looked at once. */
    @Test
    void look_again_at_every_part_that_can_grow_old() throws Exception {
        var page = render("feature", Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER), "feature");
        for (var part : List.of(
                "standing", "handover", "preflight", "route", "flow", "parity", "shadow", "fences", "journal")) {
            assertThat(page)
                    .containsPattern("hx-get=\"[^\"]*/parts/" + part + "\"[^>]* hx-trigger=\"[^\"]*every \\d+s");
        }
    }

    /** What is replaced all the time would be read out all the time, or never. */
    @Test
    void read_out_a_handover_where_nothing_is_replaced() throws Exception {
        var model = Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER);
        assertThat(render("feature", model, "feature"))
                .containsPattern("id=\"handover-said\"[^>]* role=\"status\"></p>\\s*<div id=\"handover-live\"");
        assertThat(render("parts :: handover", model, "part-read-out")).doesNotContain("role=\"status\"");
    }

    @Test
    void draw_the_gap_of_a_handover_that_was_taken_back_as_another() throws Exception {
        var page = render("parts :: gaps", Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER), "part-gaps");
        assertThat(page.split(" undone\"", -1)).hasSize(2);
        assertThat(page).contains("back, taken back or not over, ", "dashed: taken back");
    }

    @Test
    void tell_the_line_of_whatever_they_show() throws Exception {
        assertThat(render("feature", Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER), "feature"))
                .contains(
                        "<code>./strangler verify assets</code> compares anew",
                        "<code>./strangler shadow assets</code>")
                .contains("<code>./strangler journal assets --steps</code>");
        assertThat(render("parts :: flow", Models.flow(), "part-flow"))
                .contains("<code>./strangler status</code>", "<code>./strangler relay</code>");
        assertThat(render("overview", Models.overview(), "overview")).contains("<code>./strangler features</code>");
        assertThat(render("events", Models.events(), "events"))
                .contains("<code>./strangler parked</code>", "<code>./strangler</code> has no line for it");
        assertThat(render("audit", Models.audit(), "audit")).contains("psql -d facade -c");
    }

    @Test
    void offer_no_button_for_a_parked_key_that_can_t_be_confirmed() throws Exception {
        var model = Models.events();
        model.put("parked", List.of(new ParkedActs.Waiting(Samples.parked("4711"), "")));
        assertThat(render("events", model, "judged-parked-of-no-feature"))
                .contains("belongs to no feature of the map", "./strangler parked skip dam-assets Asset 4711")
                .doesNotContain("id=\"do-retry", "id=\"do-skip");
    }

    @Test
    void go_on_looking_for_what_was_browsed_once_a_key_is_decided_on() throws Exception {
        var model = Models.events();
        model.put("asked", new EventsPage.Asked("assets.v1", "a&b", "", ""));
        assertThat(render("events", model, "events-browsed"))
                .contains("type=\"hidden\" name=\"topic\" value=\"assets.v1\"")
                .contains("type=\"hidden\" name=\"key\" value=\"a&amp;b\"");
    }

    /** What somebody has opened stays so by its name, when the part that holds it is replaced. */
    @Test
    void name_whatever_can_be_opened_in_parts_that_are_looked_at_again() throws Exception {
        var model = Models.feature(Samples.report(), Phase.PREPARED, Role.VIEWER);
        assertThat(render("parts :: shadow", model, "part-shadow"))
                .contains("<details id=\"samples-0\">")
                .doesNotContain("<details>");
    }

    /** A button that is replaced between the press and the release of a mouse takes no click. */
    @ParameterizedTest
    @ValueSource(strings = {"hold", "fence", "drain", "open", "reverse"})
    void look_again_at_no_button(String reached) throws Exception {
        var model = Models.feature(Samples.report(), Phase.CUTTING_FORWARD, Role.SWITCHER);
        model.put("newest", Handover.of(HandoverSamples.underWay(reached)));
        assertThat(render("parts :: handover", model, "part-moving")).doesNotContain("<button", "<form", "<input");
        assertThat(render("acts :: handover", model, "part-acts").contains("id=\"do-abort\""))
                .isEqualTo(!List.of("open", "reverse").contains(reached));
    }

    /** Somebody may be typing: what can be asked for is written anew for another stage only. */
    @Test
    void are_written_anew_where_they_depend_on_a_handover_that_has_got_on() throws Exception {
        var model = Models.feature(Samples.report(), Phase.PREPARED, Role.SWITCHER);
        assertThat(render("feature", model, "feature-done")).containsPattern("id=\"seen\"[^>]*value=\"op-[^\"]* DONE ");
        assertThat(render("parts :: handover", model, "part-as-seen")).doesNotContain("hx-swap-oob");
        model.put("isBehind", true);
        assertThat(render("parts :: handover", model, "part-behind"))
                .contains("innerHTML:#standing", "innerHTML:#acts-handover", "innerHTML:#gaps")
                .contains("innerHTML:#preflight-live", "innerHTML:#route-facts", "id=\"act-cutover\"");
    }

    @Test
    void ask_in_whoever_is_not_logged_in() throws Exception {
        var model = new HashMap<String, Object>(Map.of("next", "/console", "wrong", true, "wait", false, "out", false));
        assertThat(render("log-in", model, "log-in")).contains("You were not let in", "type=\"password\"");
        assertThat(render("problem", Models.problem(), "problem")).contains("Not found");
    }
}
