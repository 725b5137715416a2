package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The console on a real control database; who gets in, who may what, and what is written down. The sides are away, so pages must do without them. */
@Timeout(240)
@WithInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ConsoleIT {

    private static final List<String> PAGES =
            List.of("/console", "/console/features/assets", "/console/events", "/console/audit");
    private static final List<String> FOR_OPERATORS =
            List.of("prepare", "backfill", "verify", "shadow", "plan", "plan-back", "abort");
    private static final List<String> FOR_SWITCHERS = List.of(
            "remove-keys", "repair-rows", "reads", "cutover", "back", "abort-target-down", "resume", "repair", "seal");
    private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'";

    private final StandInSide monolith = new StandInSide("monolith");
    private final StandInSide dam = new StandInSide("dam");
    private Database control;
    private FacadeProcess facade;

    @BeforeAll
    void start(Infrastructure infrastructure, @TempDir Path directory) {
        var map = Maps.file(directory, Maps.environment(monolith.url(), dam.url(), dam.url()));
        control = infrastructure.database("console");
        facade = new FacadeProcess(control, map);
    }

    @AfterAll
    void end() {
        facade.close();
        monolith.close();
        dam.close();
    }

    @Test
    void a_token_lets_in_by_its_role_and_no_other_way_does() {
        var nobody = new ConsoleVisitor(facade);
        for (var page : PAGES) {
            var refused = nobody.get(page);
            assertThat(refused.statusCode()).as(page).isEqualTo(401);
            assertThat(refused.body()).as(page).contains("Log in", "value=\"" + page + "\"");
        }
        assertThat(nobody.get("/console/static/console.css").statusCode()).isEqualTo(200);
        assertThat(nobody.get("/console/webjars/htmx.org/dist/htmx.min.js").statusCode())
                .isEqualTo(200);
        assertThat(facade.ask("/console").statusCode())
                .as("the control API's header opens no page")
                .isEqualTo(401);

        var before = nobody.session();
        var home = nobody.logIn("ann", FacadeProcess.TOKEN);
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.body()).contains("ann", "switcher", "assets", "products", "./strangler prepare assets");
        assertThat(nobody.session()).isNotEmpty().isNotEqualTo(before);
        assertThat(nobody.get("/control/features").statusCode())
                .as("a session opens no control API")
                .isEqualTo(401);

        var tokens = facade.get("/control/console").path("tokens");
        for (var role : List.of("viewer", "operator")) {
            var token = tokens.path(role).asString();
            assertThat(new ConsoleVisitor(facade).logIn("bob", token).body()).contains(role);
            assertThat(facade.send(HttpRequest.newBuilder(facade.control("/control/features"))
                                    .header("Authorization", "Bearer " + token))
                            .statusCode())
                    .as("it is no token of the control API")
                    .isEqualTo(401);
        }
    }

    @Test
    void pages_forbid_foreign_scripts_and_cookies_stay_with_us() throws Exception {
        var answer = facade.send(HttpRequest.newBuilder(facade.control("/console/log-in")));
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .contains("strangler-console=", "HttpOnly", "SameSite=Strict");
        var visitor = ConsoleVisitor.as(facade, "ann", FacadeProcess.TOKEN);
        var pages = new ArrayList<>(PAGES);
        pages.add("/console/log-in");
        pages.add("/console/features/nothing");
        for (var page : pages) {
            var served = visitor.get(page);
            assertThat(served.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(page)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(served.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
            assertThat(served.body()).doesNotContainPattern("<script(?![^>]*\\ssrc=)");
            assertThat(served.body()).doesNotContainPattern("\\s(style|on[a-z]+)=\"");
        }
        assertThat(visitor.get("/console/features/nothing").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/console/features/nothing").body())
                .contains("[assets, products]", "<h1")
                .contains("Log out", "href=\"/console/events\"");
    }

    /** The last: nobody gets in for a minute afterwards. */
    @Test
    @Order(Integer.MAX_VALUE)
    void guessing_tokens_ends_after_some() {
        var guesser = new ConsoleVisitor(facade);
        for (var attempt = 0; attempt < 10; attempt++) {
            assertThat(guesser.logIn("mallory", "guess-number-" + attempt).body())
                    .contains("You were not let in");
        }
        assertThat(guesser.logIn("mallory", FacadeProcess.TOKEN).body()).contains("Too many wrong tokens");
        assertThat(audited("nobody", "log-in", "REFUSED")).isEqualTo(10);
    }

    @Test
    void a_form_that_no_page_has_made_does_nothing_and_is_written_down() {
        var visitor = ConsoleVisitor.as(facade, "frank", FacadeProcess.TOKEN);
        var before = reads("assets");
        var forged =
                visitor.postRaw("/console/features/assets/acts/reads", Map.of("percent", "100", "confirm", "assets"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(reads("assets")).isEqualTo(before);
        assertThat(audited("frank", "forged", "REFUSED")).isEqualTo(1);
    }

    @Test
    void no_role_does_what_is_for_a_stronger_one() {
        var tokens = facade.get("/control/console").path("tokens");
        var viewer = ConsoleVisitor.as(facade, "vic", tokens.path("viewer").asString());
        var operator = ConsoleVisitor.as(facade, "olga", tokens.path("operator").asString());
        var form = Map.of("percent", "100", "confirm", "products");
        var before = reads("products");
        var refused = 0;
        for (var verb : FOR_OPERATORS) {
            assertThat(viewer.post("/console/audit", "/console/features/products/acts/" + verb, form)
                            .statusCode())
                    .as(verb)
                    .isEqualTo(403);
            refused++;
        }
        for (var verb : FOR_SWITCHERS) {
            for (var one : List.of(viewer, operator)) {
                var answer = one.post("/console/audit", "/console/features/products/acts/" + verb, form);
                assertThat(answer.statusCode()).as(verb).isEqualTo(403);
                assertThat(answer.body()).contains("needs the role switcher");
                refused++;
            }
        }
        assertThat(count("select count(*) from audit where outcome = 'REFUSED' and who in ('vic', 'olga')"))
                .isEqualTo(refused);
        assertThat(reads("products")).isEqualTo(before);
        assertThat(viewer.get("/console/features/products").body())
                .contains("Needs the role")
                .doesNotContain("id=\"do-cutover\"");
        assertThat(operator.post("/console/audit", "/console/features/products/acts/shadow", Map.of("percent", "10"))
                        .body())
                .contains("10 % of the reads are compared");
    }

    /** Those that are too long for a journal, too. */
    @Test
    void no_role_decides_on_a_parked_key_for_a_stronger_one_and_refusals_are_written_down() {
        var tokens = facade.get("/control/console").path("tokens");
        var viewer = ConsoleVisitor.as(facade, "vera", tokens.path("viewer").asString());
        var operator =
                ConsoleVisitor.as(facade, "oscar", tokens.path("operator").asString());
        var switcher = ConsoleVisitor.as(facade, "sven", FacadeProcess.TOKEN);
        var key = Map.of("consumer", "dam-assets", "aggregateType", "Asset", "aggregateId", "1".repeat(900));
        var form = new HashMap<String, Object>(key);
        form.putAll(Map.of("feature", "assets", "confirm", "assets"));
        assertThat(viewer.post("/console/audit", "/console/parked/retry", form).statusCode())
                .isEqualTo(403);
        assertThat(operator.post("/console/audit", "/console/parked/skip", form).statusCode())
                .isEqualTo(403);
        assertThat(switcher.post("/console/audit", "/console/parked/skip", form).body())
                .contains("has no parked key");
        form.putAll(Map.of("confirm", "products", "topic", "assets.v1", "key", "a&b", "type", "", "from", ""));
        assertThat(switcher.post("/console/audit", "/console/parked/skip", form).body())
                .contains("is done only once the feature is named")
                .contains("name=\"key\" id=\"key\" value=\"a&amp;b\"");
        assertThat(audited("vera", "retry", "REFUSED")).isEqualTo(1);
        assertThat(audited("oscar", "skip", "REFUSED")).isEqualTo(1);
        assertThat(audited("sven", "skip", "REFUSED")).isEqualTo(2);
    }

    @Test
    void an_act_is_done_in_the_operators_name_and_written_down_for_good() {
        var visitor = ConsoleVisitor.as(facade, "anna", FacadeProcess.TOKEN);
        var page = "/console/features/assets";
        var before = reads("assets");
        var unnamed = visitor.post("/console/audit", page + "/acts/cutover", Map.of("confirm", "products"));
        assertThat(unnamed.body()).contains("is done only once the feature is named");
        var wrong = visitor.post("/console/audit", page + "/acts/reads", Map.of("percent", "101"));
        assertThat(wrong.body()).contains("a share is a whole number from 0 to 100");
        var late = visitor.post("/console/audit", page + "/acts/reads", Map.of("percent", "50", "version", "7"));
        assertThat(late.body()).contains("Route has changed");
        assertThat(reads("assets")).isEqualTo(before);

        var moved =
                visitor.post("/console/audit", page + "/acts/reads", Map.of("percent", "25", "why", "it's " + SCRIPT));
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(moved.body())
                .contains("The service answers 25 % of the clients", "--service 25 --why", "1 of 1 living façades")
                .doesNotContain("<script>alert", "<img src=x");
        assertThat(reads("assets")).isEqualTo(25);
        var line = facade.get("/control/features/assets/journal").path("items").path(0);
        assertThat(line.path("who").asString()).isEqualTo("anna");
        assertThat(line.path("why").asString()).isEqualTo("it's " + SCRIPT);

        assertThat(audited("anna", "reads", "ASKED")).isEqualTo(3);
        assertThat(audited("anna", "reads", "REFUSED")).isEqualTo(2);
        assertThat(audited("anna", "reads", "DONE")).isEqualTo(1);
        assertThat(audited("anna", "cutover", "REFUSED")).isEqualTo(1);
        assertThat(visitor.get("/console/audit").body())
                .contains("it&#39;")
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert", "<img src=x");
        for (var tampering : List.of("update audit set who = 'somebody else'", "delete from audit", "truncate audit")) {
            assertThatThrownBy(() -> administer(tampering)).hasMessageContaining("only grows");
        }
    }

    private long reads(String feature) {
        return facade.get("/control/features/" + feature)
                .path("route")
                .path("service")
                .asLong();
    }

    private long audited(String who, String act, String outcome) {
        return count("select count(*) from audit where who = '%s' and act = '%s' and outcome = '%s'"
                .formatted(who, act, outcome));
    }

    private long count(String sql) {
        return JdbcClient.create(control.dataSource())
                .sql(sql)
                .query(Long.class)
                .single();
    }

    private void administer(String sql) {
        JdbcClient.create(control.dataSource()).sql(sql).update();
    }
}
