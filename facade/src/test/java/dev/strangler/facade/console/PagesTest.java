package dev.strangler.facade.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.facade.control.FeatureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** The pages themselves, without anything behind them: full, empty, with everything unknown, and with texts of somebody who means harm. */
class PagesTest {

    private static final Path PAGES = Path.of("target", "pages");

    private final Show show = new Show(Clock.fixed(Samples.NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource(Role.class)
    void show_everything_about_a_feature(Role role) throws Exception {
        var page = render("feature", feature(Samples.report(), Phase.PREPARED, role), "feature-" + role.label());
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
        var model = model(Role.VIEWER);
        model.put("name", "assets");
        model.put("report", Samples.unknown());
        model.put("card", card(Samples.unknown(), Phase.MONOLITH));
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
                render("feature", feature(Samples.report(), Phase.PREPARED, Role.SWITCHER), "feature"),
                render("overview", overview(), "overview"),
                render("events", events(), "events"),
                render("audit", audit(), "audit"),
                render("parts :: flow", flow(), "part-flow"),
                render("parts :: fences", flow(), "part-fences"))) {
            // What a form sends back is sent as it was; nobody sees that.
            assertThat(page.replaceAll("type=\"hidden\"[^>]*>", ""))
                    .doesNotContain("<script>", "<img src=x", "\u202e")
                    .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                    .doesNotContainPattern("\\s(style|on[a-z]+)=\"");
        }
        assertThat(render("events", events(), "events")).contains("&lt;script&gt;", "\\u{202e}");
    }

    @Test
    void offer_to_take_a_handover_back_only_while_that_is_possible() throws Exception {
        var model = feature(Samples.report(), Phase.CUTTING_FORWARD, Role.OPERATOR);
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

    /** Somebody may be typing: what can be asked for is written anew for another stage only. */
    @Test
    void are_written_anew_where_they_depend_on_a_handover_that_has_got_on() throws Exception {
        var model = feature(Samples.report(), Phase.PREPARED, Role.SWITCHER);
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
        assertThat(render("problem", problem(), "problem")).contains("Not found");
    }

    private Map<String, Object> feature(FeatureReport report, Phase phase, Role role) {
        var model = model(role);
        var handovers = HandoverSamples.operations().stream().map(Handover::of).toList();
        model.put("name", "assets");
        model.put("report", report);
        model.put("card", card(report, phase));
        model.put("newest", handovers.get(0));
        model.put("handovers", handovers);
        model.put("gaps", GapPlot.of(handovers));
        model.put("planned", HandoverSamples.planned());
        model.put("verification", Samples.verification());
        model.put("shadow", Samples.shadow());
        model.put("journal", Samples.journal());
        model.put("endings", List.of());
        model.put("said", Said.not("No go: see the gates.", "Nothing was changed. " + Samples.HOSTILE));
        model.put("saidLine", "./strangler plan assets");
        return model;
    }

    private Map<String, Object> overview() {
        var model = model(Role.SWITCHER);
        model.put("cards", List.of(card(Samples.report(), Phase.PREPARED), card(Samples.owned(), Phase.SERVICE_OWNED)));
        return model;
    }

    private Map<String, Object> events() {
        var model = model(Role.SWITCHER);
        model.put("parked", List.of(new ParkedActs.Waiting(Samples.parked(), "assets")));
        model.put("unknown", Map.of("pim", "connection refused"));
        model.put("topics", List.of("assets.v1", "products.v1"));
        model.put("asked", new EventsPage.Asked("assets.v1", "", "", ""));
        model.put("found", Samples.found());
        return model;
    }

    private Map<String, Object> audit() {
        var model = model(Role.VIEWER);
        model.put("lines", Samples.acts());
        model.put("older", 3L);
        return model;
    }

    private Map<String, Object> flow() {
        var model = model(Role.VIEWER);
        model.put("name", "assets");
        model.put("flow", Samples.flow());
        model.put("doctor", Samples.doctor());
        model.put("sessions", Samples.sessions());
        return model;
    }

    private Map<String, Object> problem() {
        var model = model(Role.VIEWER);
        model.put("title", "Not found");
        model.put("detail", "There is no feature of that name.");
        return model;
    }

    private Map<String, Object> model(Role role) {
        var model = new HashMap<String, Object>();
        model.put("show", show);
        model.put("operator", new Operator("ann " + Samples.HOSTILE, role));
        model.put("acts", Arrays.stream(Act.values()).collect(Collectors.toMap(Act::verb, Function.identity())));
        return model;
    }

    private Card card(FeatureReport report, Phase phase) {
        var rail = Rail.of(phase, report.route(), report.data().value(), Tally.NONE, show);
        return Card.of(report, phase, rail, phase.isMoving(), show);
    }

    /** Rendered as the application does; kept to be looked at. */
    private static String render(String view, Map<String, Object> model, String keptAs) throws Exception {
        var context = new StaticWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.refresh();
        var templates = new SpringResourceTemplateResolver();
        templates.setApplicationContext(context);
        templates.setPrefix("classpath:/dev/strangler/facade/console/");
        templates.setSuffix(".html");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        var views = new ThymeleafViewResolver();
        views.setApplicationContext(context);
        views.setTemplateEngine(engine);
        views.setCharacterEncoding("UTF-8");
        var request = new MockHttpServletRequest(context.getServletContext());
        request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
        var response = new MockHttpServletResponse();
        views.resolveViewName(view, Locale.ENGLISH).render(model, request, response);
        keep(response.getContentAsString(), keptAs);
        return response.getContentAsString();
    }

    private static void keep(String page, String name) throws IOException {
        Files.createDirectories(PAGES);
        Files.writeString(
                PAGES.resolve(name + ".html"),
                page.replace("/console/static/", "../classes/dev/strangler/facade/console/static/"));
    }
}
