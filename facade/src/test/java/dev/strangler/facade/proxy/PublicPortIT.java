package dev.strangler.facade.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublicPortIT extends OpenPublicPort {

    @Test
    void reads_follow_the_route_and_writes_stay_with_the_owner() throws Exception {
        assertThat(get("/api/assets/1?q=a%20b").body()).isEqualTo("monolith");
        assertThat(monolith.lastAsked().target()).isEqualTo("/api/assets/1?q=a%20b");
        readAt(ASSETS, 100);
        var answer = get("/api/assets/1");
        assertThat(answer.body()).isEqualTo("dam");
        assertThat(servedBy(answer)).isEqualTo("dam");
        assertThat(servedBy(post("/api/assets", "x"))).isEqualTo("monolith");
        assertThat(servedBy(get("/api/products"))).isEqualTo("monolith");
        assertThat(servedBy(send(request("/api/assets/1").method("HEAD", BodyPublishers.noBody()))))
                .isEqualTo("dam");
        assertThat(servedBy(send(request("/api/assets/1").DELETE()))).isEqualTo("monolith");
        assertThat(servedBy(send(request("/api/assets/1/tags").PUT(BodyPublishers.ofString("{}")))))
                .isEqualTo("monolith");
    }

    @Test
    void what_stays_with_the_monolith_goes_there_wherever_features_are_and_while_they_are_held() throws Exception {
        readAt(ASSETS, 100);
        readAt(PRODUCTS, 100);
        isStale.set(true);
        var page = send(
                request("/admin/panel.js?v=1").header("X-Served-By", "evil").header("X-Forwarded-Host", "evil"));
        assertThat(page.body()).isEqualTo("monolith");
        assertThat(servedBy(page)).isEqualTo("monolith");
        assertThat(cookie(page, "strangler-client")).isNotNull();
        assertThat(monolith.lastAsked().target()).isEqualTo("/admin/panel.js?v=1");
        assertThat(monolith.lastAsked().headers().get("X-Forwarded-Host")).containsExactly("127.0.0.1");
        assertThat(monolith.lastAsked().headers()).doesNotContainKey("X-served-by");
        assertThat(servedBy(post("/admin/act", "x"))).isEqualTo("monolith");
        assertThat(get("/administrator").statusCode()).isEqualTo(404);
    }

    @Test
    void a_client_stays_on_its_side_and_the_share_is_about_what_was_asked() throws Exception {
        readAt(ASSETS, 25);
        var random = new Random(20260101);
        var atService = 0;
        for (var number = 0; number < 400; number++) {
            var id = "client-" + Long.toHexString(random.nextLong());
            var first = servedBy(send(request("/api/assets").header("X-Client-Id", id)));
            assertThat(servedBy(send(request("/api/assets").header("X-Client-Id", id))))
                    .isEqualTo(first);
            atService += first.equals("dam") ? 1 : 0;
        }
        assertThat(atService).as("of 400, seed 20260101").isBetween(70, 130);
    }

    @Test
    void a_browser_gets_a_cookie_once_and_is_recognised_by_it() throws Exception {
        readAt(ASSETS, 50);
        var first = get("/api/assets");
        var cookie = cookie(first, "strangler-client");
        assertThat(cookie).matches("strangler-client=[0-9a-f-]{36}; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax");
        for (var number = 0; number < 5; number++) {
            var again = send(request("/api/assets").header("Cookie", "a=b; " + cookie.split(";")[0]));
            assertThat(servedBy(again)).isEqualTo(servedBy(first));
            assertThat(cookie(again, "strangler-client")).isNull();
        }
        assertThat(cookie(send(request("/api/assets").header("X-Client-Id", "me")), "strangler-client"))
                .isNull();
        assertThat(send(request("/api/assets").header("X-Client-Id", "not me!")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void forged_headers_do_not_arrive_and_the_true_ones_do() throws Exception {
        var answer = send(request("/api/assets")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Host", "evil")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "for=6.6.6.6")
                .header("X-Real-IP", "6.6.6.6")
                .header("X-Strangler-Written", "Asset:1:1")
                .header("X-Served-By", "evil")
                .header("X-Kept", "yes"));
        assertThat(answer.statusCode()).isEqualTo(200);
        var arrived = monolith.lastAsked().headers();
        assertThat(arrived.get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(arrived.get("X-Forwarded-Host")).containsExactly("127.0.0.1");
        assertThat(arrived.get("X-Forwarded-Proto")).containsExactly("http");
        assertThat(arrived.get("Host"))
                .containsExactly("127.0.0.1:" + port.address().getPort());
        assertThat(arrived)
                .doesNotContainKeys("Forwarded", "X-real-ip", "X-strangler-written", "X-served-by", "Connection");
        assertThat(arrived.get("X-Kept")).containsExactly("yes");
        assertThat(arrived.getFirst("Traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(answer.headers().firstValue("X-Strangler-Written")).isEmpty();
    }

    @Test
    void a_client_that_has_written_reads_at_the_owner_until_the_other_side_has_it() throws Exception {
        readAt(ASSETS, 100);
        monolith.answerWriting("Asset:a1:3");
        applied.put("Asset:a1:3", false);
        var written = post("/api/assets", "x");
        assertThat(written.headers().firstValue("X-Strangler-Written")).isEmpty();
        var jar = "%s; %s"
                .formatted(
                        cookie(written, "strangler-client").split(";")[0],
                        cookie(written, "strangler-wrote").split(";")[0]);
        assertThat(jar).contains("strangler-wrote=Asset:a1:3:dam+pim");
        monolith.answer(monolith::sayName);
        assertThat(servedBy(send(request("/api/assets/a1").header("Cookie", jar))))
                .isEqualTo("monolith");
        assertThat(servedBy(get("/api/assets/a1"))).as("somebody else").isEqualTo("dam");

        applied.put("Asset:a1:3", true);
        var caughtUp = send(request("/api/assets/a1").header("Cookie", jar));
        assertThat(servedBy(caughtUp)).isEqualTo("dam");
        assertThat(cookie(caughtUp, "strangler-wrote")).startsWith("strangler-wrote=Asset:a1:3:pim;");
    }

    @Test
    void a_client_without_cookies_sees_its_writes_too() throws Exception {
        readAt(ASSETS, 100);
        monolith.answerWriting("Asset:a2:1, Asset:a3:1");
        applied.put("Asset:a2:1", true);
        applied.put("Asset:a3:1", false);
        assertThat(cookie(
                        send(request("/api/assets")
                                .header("X-Client-Id", "importer")
                                .POST(BodyPublishers.ofString("x"))),
                        "strangler-wrote"))
                .isNull();
        var read = request("/api/assets/a2").header("X-Client-Id", "importer");
        assertThat(servedBy(send(read))).isEqualTo("monolith");
        assertThat(servedBy(send(request("/api/assets/a2").header("X-Client-Id", "other"))))
                .isEqualTo("dam");
        applied.put("Asset:a3:1", true);
        assertThat(servedBy(send(read))).isEqualTo("dam");
    }
}
