package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.WithInfrastructure;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever changes something stands in the audit, by whichever way it was asked for; what was refused, too. The paths are enumerated, not listed by hand. */
@Timeout(240)
@WithInfrastructure
class AuditIT extends FacadesOnStandIns {

    private FacadeProcess facade;

    @BeforeEach
    void startWithEverythingMapped() {
        facade = start("--facade.rehearsal=true");
    }

    @Test
    void every_order_of_the_control_api_is_written_down_before_and_after() {
        var paths = orders("/control");
        assertThat(paths)
                .contains(
                        "/control/features/assets/cutover",
                        "/control/features/assets/reads",
                        "/control/parked/skip",
                        "/control/relays/ensure",
                        "/control/rehearsal/assets");
        for (var path : paths) {
            var status =
                    facade.order(path, "{\"who\": \"eve\", \"unknown\": 1}").statusCode();
            var lines = lines("POST " + path);
            assertThat(lines)
                    .as(path)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .containsEntry("channel", "API")
                            .containsEntry("role", "switcher")
                            .containsEntry("who", "eve"));
            assertThat(lines).extracting(line -> line.get("outcome")).containsExactly("ASKED", outcome(status));
            if (status >= 400) {
                assertThat(lines.get(1).get("said").toString()).as(path).isNotBlank();
            }
        }
    }

    @Test
    void every_order_without_the_token_is_written_down_as_refused() {
        for (var path : orders("/control")) {
            var stranger = HttpRequest.newBuilder(facade.control(path))
                    .header("Authorization", "Bearer wrong-token-wrong-token")
                    .POST(BodyPublishers.ofString("{\"who\": \"ann\"}"));
            assertThat(facade.send(stranger).statusCode()).as(path).isEqualTo(401);
            assertThat(lines("POST " + path))
                    .as(path)
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("channel", "API")
                            .containsEntry("role", "none")
                            // What a stranger says of himself is not to be believed.
                            .containsEntry("who", "nobody")
                            .containsEntry("outcome", "REFUSED"));
        }
    }

    @Test
    void strangers_cannot_fill_it() {
        for (var attempt = 0; attempt < 70; attempt++) {
            facade.send(HttpRequest.newBuilder(facade.control("/control/relays/ensure"))
                    .POST(BodyPublishers.noBody()));
        }
        assertThat(lines("POST /control/relays/ensure")).hasSize(60);
    }

    @Test
    void it_says_what_was_asked_for_and_what_was_answered() {
        facade.post("/control/features/assets/reads", """
                {"service": 25, "who": "ann", "why": "a quarter"}""");
        facade.order("/control/features/assets/reads", """
                {"service": 101, "who": "ann"}""");
        facade.order("/control/features/assets/reads", "{");
        facade.order("/control/features/assets/reads", "{\"who\": \"%s\"}".formatted("x".repeat(70_000)));
        assertThat(facade.ask("/control/features").statusCode()).isEqualTo(200);

        var lines = lines("POST /control/features/assets/reads");
        assertThat(lines)
                .hasSize(8)
                .allSatisfy(
                        line -> assertThat(line).containsEntry("act", "reads").containsEntry("feature", "assets"));
        assertThat(lines.get(0).get("line").toString())
                .endsWith("{\"service\":25,\"who\":\"ann\",\"why\":\"a quarter\"}");
        assertThat(lines.get(1).get("said").toString()).contains("feature assets", "changed true");
        assertThat(lines.get(3).get("said").toString()).contains("a share is a whole number from 0 to 100");
        assertThat(lines.get(4))
                .containsEntry("who", "nobody")
                .containsEntry("line", "POST /control/features/assets/reads");
        assertThat(lines.get(5).get("said").toString()).contains("The body can't be read");
        assertThat(lines.get(7).get("said").toString()).contains("more than 65,536 bytes");
        assertThat(lines("GET")).isEmpty();
    }

    @Test
    void the_console_shows_both_ways_side_by_side() {
        facade.post("/control/features/assets/reads", """
                {"service": 25, "who": "carl"}""");
        var ann = ConsoleVisitor.as(facade, "ann", FacadeProcess.TOKEN);
        var page = "/console/features/assets";
        ann.post(page, page + "/acts/reads", Map.of("percent", "30"));
        assertThat(lines("./strangler reads assets --service 30"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).containsEntry("channel", "CONSOLE"));
        assertThat(ann.get("/console/audit").body())
                .contains("<td>api</td>", "<td>console</td>", "carl", "POST /control/features/assets/reads");
    }

    /** All that is mapped for more than looking, below that path. */
    private TreeSet<String> orders(String below) {
        var paths = new TreeSet<String>();
        for (var mapping : facade.context()
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()) {
            mapping.getHandlerMethods().keySet().stream()
                    .filter(info -> !List.of(RequestMethod.GET)
                            .containsAll(info.getMethodsCondition().getMethods()))
                    .flatMap(info -> info.getPatternValues().stream())
                    .filter(path -> path.startsWith(below))
                    .forEach(path -> paths.add(path.replaceAll("\\{[^}]*}", "assets")));
        }
        return paths;
    }

    private static String outcome(int status) {
        return status < 400 ? "DONE" : status < 500 ? "REFUSED" : "FAILED";
    }

    private List<Map<String, Object>> lines(String begin) {
        return JdbcClient.create(control().dataSource())
                .sql("select * from audit where line = ? or starts_with(line, ? || ' ') order by number")
                .params(begin, begin)
                .query()
                .listOfRows();
    }
}
