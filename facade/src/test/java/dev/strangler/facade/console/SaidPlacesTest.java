package dev.strangler.facade.console;

import static dev.strangler.facade.console.RenderedPages.render;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What came of an act stands where it was asked for: whoever is sent back there sees it. */
class SaidPlacesTest {

    private static final Pattern PANEL = Pattern.compile("<section class=\"panel\"[^>]* id=\"([a-z-]+)\"");
    private static final Pattern ACT = Pattern.compile("action=\"/console/features/assets/acts/([a-z-]+)\"");

    @Test
    void every_act_sends_back_to_the_panel_that_holds_its_form() throws Exception {
        var panels = new TreeMap<String, String>();
        panels.putAll(panels(Models.feature(Samples.report(), Phase.MONOLITH, Role.SWITCHER)));
        panels.putAll(panels(Models.feature(Samples.owned(), Phase.SERVICE_OWNED, Role.SWITCHER)));
        var moving = Models.feature(Samples.report(), Phase.CUTTING_FORWARD, Role.SWITCHER);
        moving.put("newest", Handover.of(HandoverSamples.underWay("fence")));
        panels.putAll(panels(moving));
        assertThat(panels)
                .hasSize(16)
                .allSatisfy((verb, panel) -> assertThat(
                                FeatureActs.place(Act.of(verb).orElseThrow()))
                        .as(verb)
                        .isEqualTo(panel));
    }

    private static Map<String, String> panels(Map<String, Object> model) throws Exception {
        var page = render("feature", model, "feature-places");
        var panels = new TreeMap<String, String>();
        ACT.matcher(page).results().forEach(act -> panels.put(act.group(1), panelBefore(page, act.start())));
        return panels;
    }

    private static String panelBefore(String page, int end) {
        return PANEL.matcher(page.substring(0, end))
                .results()
                .map(panel -> panel.group(1))
                .reduce("", (earlier, later) -> later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handover", "preflight", "route", "parity", "fences"})
    void what_is_said_stands_in_that_panel_and_nowhere_else(String place) throws Exception {
        var model = Models.feature(Samples.report(), Phase.PREPARED, Role.SWITCHER);
        model.put("saidAt", place);
        var page = render("feature", model, "feature-said-at-" + place);
        assertThat(page.split("class=\"said-place\"", -1)).hasSize(2);
        assertThat(panelBefore(page, page.indexOf("class=\"said-place\""))).isEqualTo(place);
    }

    @Test
    void what_was_asked_for_nowhere_in_particular_stands_first() throws Exception {
        var page = render("feature", Models.feature(Samples.report(), Phase.PREPARED, Role.SWITCHER), "feature-said");
        assertThat(page.indexOf("class=\"said-place\"")).isPositive().isLessThan(page.indexOf("id=\"h-summary\""));
    }

    @Test
    void what_was_decided_on_a_parked_key_stands_with_the_keys() throws Exception {
        var model = Models.events();
        model.put("said", Said.done("retry was asked for."));
        model.put("saidLine", "./strangler parked retry");
        model.put("saidAt", "parked");
        var page = render("events", model, "events-said");
        assertThat(panelBefore(page, page.indexOf("class=\"said-place\""))).isEqualTo("parked");
    }
}
