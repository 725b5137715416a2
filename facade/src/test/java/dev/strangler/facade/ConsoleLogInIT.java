package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Log-ins that end while somebody has a page open. */
@Timeout(120)
class ConsoleLogInIT extends FacadesOnStandIns {

    @Test
    void a_page_that_is_looked_at_all_the_time_keeps_nobody_logged_in_for_ever() {
        var facade = start("--facade.console.longest-log-in=3s");
        var visitor = ConsoleVisitor.as(facade, "ann", FacadeProcess.TOKEN);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> visitor.get("/console/audit").statusCode() == 401);
        assertThat(visitor.logIn("ann", FacadeProcess.TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_was_logged_out_comes_back_to_the_page_that_was_open() {
        var facade = start();
        assertThat(redirect(facade, "http://127.0.0.1:8081/console/features/assets?x=1#route"))
                .isEqualTo("/console/log-in?next=/console/features/assets");
        for (var elsewhere : new String[] {"https://example.org/console/../x", "mailto:a@b", "/console?a b", ""}) {
            assertThat(redirect(facade, elsewhere)).isEqualTo("/console/log-in?next=/console");
        }
    }

    /** Where a part of that page is sent that is looked at again. */
    private static String redirect(FacadeProcess facade, String page) {
        var answer = facade.send(HttpRequest.newBuilder(facade.control("/console/features/assets/parts/flow"))
                .header("HX-Request", "true")
                .header("HX-Current-URL", page));
        assertThat(answer.statusCode()).isEqualTo(401);
        return answer.headers().firstValue("HX-Redirect").orElse("none");
    }
}
