package dev.strangler.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.facade.routes.FollowingRoutes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whole façades on a real control database; Kafka, Connect and the sides' databases are away. */
@Timeout(180)
class FacadeIT extends FacadesOnStandIns {

    @Test
    void moved_reads_go_where_they_should_when_the_operator_has_the_answer() {
        var facade = start();
        assertThat(facade.servedBy("/api/assets", "somebody")).isEqualTo("monolith");
        var moved = facade.post("/control/features/assets/reads", """
                {"service": 100, "who": "ann", "why": "compared a day"}""");
        assertThat(facade.servedBy("/api/assets", "somebody")).isEqualTo("dam");
        assertThat(moved.path("changed").asBoolean()).isTrue();
        assertThat(moved.path("route").path("version").asInt()).isEqualTo(2);
        assertThat(moved.path("stragglers").isEmpty()).isTrue();
        assertThat(moved.path("acknowledged").size()).isEqualTo(1);
        assertThat(facade.servedBy("/api/products", "somebody")).isEqualTo("monolith");

        var again = facade.post("/control/features/assets/reads", """
                {"service": 100, "who": "bob"}""");
        assertThat(again.path("changed").asBoolean()).isFalse();
        var journal = facade.get("/control/features/assets/journal").path("items");
        assertThat(journal.size()).isEqualTo(1);
        assertThat(journal.path(0).path("who").asString()).isEqualTo("ann");
        assertThat(journal.path(0).path("why").asString()).isEqualTo("compared a day");
        assertThat(journal.path(0).path("before").path("service").asInt()).isZero();
        assertThat(journal.path(0).path("after").path("reads").asString()).isEqualTo("service");
    }

    @Test
    void every_instance_goes_by_a_change_before_the_operator_has_the_answer() {
        var one = start();
        var other = start();
        for (var share : List.of(100, 0, 100)) {
            var began = System.nanoTime();
            var moved = one.post("/control/features/assets/reads", """
                    {"service": %d, "who": "ann"}""".formatted(share));
            var took = Duration.ofNanos(System.nanoTime() - began);
            var expected = share == 100 ? "dam" : "monolith";
            assertThat(other.servedBy("/api/assets", "somebody")).isEqualTo(expected);
            assertThat(one.servedBy("/api/assets", "somebody")).isEqualTo(expected);
            assertThat(moved.path("acknowledged").size()).isEqualTo(2);
            assertThat(took).isLessThan(Duration.ofSeconds(2));
        }
        var instances = one.get("/control/features/assets").path("instances").path("value");
        assertThat(instances.size()).isEqualTo(2);
        instances.forEach(instance -> {
            assertThat(instance.path("version").asInt()).isEqualTo(4);
            assertThat(instance.path("isCurrent").asBoolean()).isTrue();
        });
    }

    @Test
    void an_instance_that_lives_but_does_not_follow_is_named() {
        var facade = start("--facade.acknowledgement=1s");
        administer(
                "insert into facade_instance (name, seen_at, acknowledged) values ('deaf', now() + interval '1 minute', '{}')");
        var moved = facade.post("/control/features/assets/reads", """
                {"service": 50, "who": "ann"}""");
        assertThat(moved.path("stragglers").path(0).asString()).isEqualTo("deaf");
        assertThat(moved.path("acknowledged").size()).isEqualTo(1);
    }

    @Test
    void routes_survive_a_restart_and_the_journal_only_grows() {
        var first = start();
        first.post("/control/features/assets/reads", """
                {"service": 100, "who": "ann"}""");
        close(first);
        assertThat(start().servedBy("/api/assets", "somebody")).isEqualTo("dam");
        for (var sql :
                List.of("update route_change set who = 'eve'", "delete from route_change", "truncate route_change")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> administer(sql)))
                    .hasMessageContaining("only grows");
        }
    }

    @Test
    void of_two_operators_the_later_one_is_told_who_was_first() throws Exception {
        var one = start();
        var other = start();
        one.post("/control/features/assets/reads", """
                {"service": 10, "who": "ann", "version": 1}""");
        var late = other.order("/control/features/assets/reads", """
                {"service": 90, "who": "bob", "version": 1}""");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(late.body()).contains("by ann at ", "version 2 now");

        var threads = Executors.newFixedThreadPool(4);
        try {
            var attempts = new ArrayList<Callable<Integer>>();
            for (var number = 0; number < 8; number++) {
                var facade = number % 2 == 0 ? one : other;
                var body = """
                        {"service": %d, "who": "op%d", "version": 2}""".formatted(20 + number, number);
                attempts.add(() ->
                        facade.order("/control/features/assets/reads", body).statusCode());
            }
            var statuses = new ArrayList<Integer>();
            for (var attempt : threads.invokeAll(attempts, 60, TimeUnit.SECONDS)) {
                statuses.add(attempt.get());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        } finally {
            threads.shutdownNow();
        }
        assertThat(one.get("/control/features/assets/journal").path("items").size())
                .isEqualTo(2);
    }

    @Test
    void nothing_is_answered_without_the_token_but_health() {
        var facade = start();
        var paths = new TreeSet<String>();
        for (var mapping : facade.context()
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()) {
            mapping.getHandlerMethods().keySet().forEach(info -> paths.addAll(info.getPatternValues()));
        }
        assertThat(paths)
                .contains(
                        "/control/features/{feature}/reads",
                        "/control/events",
                        "/control/health",
                        "/control/parked/skip",
                        "/console/features/{feature}",
                        "/console/features/{feature}/acts/{verb}",
                        "/console/live");
        paths.addAll(Set.of(
                "/",
                "/error",
                "/actuator",
                "/actuator/health",
                "/actuator/metrics",
                "/actuator/env",
                "/control",
                "/console",
                "/login"));
        for (var path : paths) {
            var uri = facade.control(path.replaceAll("\\{[^}]*}", "assets"));
            for (var method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD")) {
                for (var credentials : List.of(
                        "", "Bearer", "Bearer wrong-token-wrong-token", "Basic dXNlcjpwYXNz", FacadeProcess.TOKEN)) {
                    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
                    if (!credentials.isEmpty()) {
                        request.header("Authorization", credentials);
                    }
                    var status = facade.send(request).statusCode();
                    if (path.equals("/control/health")) {
                        assertThat(status).as(method + " " + path).isIn(200, 405);
                    } else if (path.equals("/console/log-in")) {
                        // Whoever has no session can't have made the form.
                        assertThat(status).as(method + " " + path).isIn(200, 403);
                    } else {
                        assertThat(status)
                                .as("%s %s with '%s'", method, path, credentials)
                                .isEqualTo(401);
                    }
                }
            }
            if (!path.equals("/control/health") && !path.equals("/console/log-in")) {
                var inQuery = HttpRequest.newBuilder(java.net.URI.create(uri + "?access_token=" + FacadeProcess.TOKEN));
                assertThat(facade.send(inQuery).statusCode()).isEqualTo(401);
            }
        }
    }

    @Test
    void a_facade_without_a_token_does_not_start() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> start("--strangler.token=short")))
                .hasStackTraceContaining("STRANGLER_TOKEN_FILE")
                .hasStackTraceContaining("at least 16");
    }

    @Test
    void what_is_away_is_unknown_and_the_rest_is_told() {
        var facade = start();
        var began = System.nanoTime();
        var feature = facade.get("/control/features/assets");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
        assertThat(feature.path("route").path("reads").asString()).isEqualTo("monolith");
        assertThat(feature.path("route").path("writes").asString()).isEqualTo("monolith");
        var relay = feature.path("relays").path("value").path(0);
        assertThat(relay.path("connector").asString()).isEqualTo("monolith-outbox");
        assertThat(relay.path("tasks").path("unknown").asString()).isNotBlank();
        assertThat(relay.path("slot").path("unknown").asString()).contains("refused");
        assertThat(feature.path("consumers").size()).isEqualTo(3);
        feature.path("consumers")
                .forEach(side -> assertThat(
                                side.path("consumers").path("unknown").asString())
                        .contains("refused"));
        var status = facade.get("/control/status");
        assertThat(status.path("health").path("status").asString()).isEqualTo("UP");
        assertThat(status.path("features").size()).isEqualTo(2);
        assertThat(status.path("sides").size()).isEqualTo(3);
        var parked = facade.get("/control/parked");
        assertThat(parked.path("items").isEmpty()).isTrue();
        assertThat(parked.path("unknown").path("dam").asString()).contains("refused");
        assertThat(facade.order("/control/parked/retry", """
                {"consumer": "dam-assets", "aggregateType": "Asset", "aggregateId": "1"}""").statusCode()).isEqualTo(504);
    }

    @Test
    void wrong_orders_are_refused_with_the_way_out() {
        var facade = start();
        for (var body : List.of(
                "",
                "{",
                "[]",
                "{\"service\": 101, \"who\": \"ann\"}",
                "{\"service\": -1, \"who\": \"ann\"}",
                "{\"service\": \"many\", \"who\": \"ann\"}",
                "{\"who\": \"ann\"}",
                "{\"service\": 5}",
                "{\"service\": 5, \"who\": \" \"}",
                "{\"service\": 5, \"who\": \"a\\nb\"}",
                "{\"service\": 5, \"who\": \"ann\", \"percent\": 5}")) {
            var answer = facade.order("/control/features/assets/reads", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(facade.order("/control/features/nothing/reads", """
                {"service": 5, "who": "ann"}""").statusCode())
                .isEqualTo(404);
        assertThat(facade.ask("/control/features/nothing").body()).contains("[assets, products]");
        assertThat(facade.ask("/control/nothing").statusCode()).isEqualTo(404);
        assertThat(facade.get("/control/features/assets/journal").path("items").isEmpty())
                .isTrue();
    }

    @Test
    void an_instance_that_ends_is_not_waited_for() {
        var one = start();
        var other = start();
        close(other);
        var moved = one.post("/control/features/assets/reads", """
                {"service": 50, "who": "ann"}""");
        assertThat(moved.path("acknowledged").size()).isEqualTo(1);
        assertThat(moved.path("acknowledged").path(0).asString())
                .isEqualTo(one.context().getBean(FollowingRoutes.class).name());
    }
}
