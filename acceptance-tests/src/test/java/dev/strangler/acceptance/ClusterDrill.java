package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.up.PartState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The system of docker-compose.yml with three brokers and two workers of docker-compose.cluster.yml. It must run already. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterDrill {

    private static final Duration REHEARSAL = Duration.ofMinutes(8);
    private static final Duration UNTIL_SETTLED = Duration.ofMinutes(3);
    private static final List<String> TOPICS = List.of("assets.v1", "products.v1");

    private final ComposedShop shop = new ComposedShop();
    private final MovingFeature assets = new MovingFeature(shop, "assets");

    @AfterAll
    void theMonolithAnswersAlone() {
        assets.isHome();
    }

    /** Of the topics that anybody may see. */
    @Test
    @Order(1)
    void every_record_is_kept_by_two_of_three_brokers_at_least() throws Exception {
        assertThat(shop.containers().states())
                .filteredOn(
                        part -> part.name().startsWith("kafka") || part.name().startsWith("connect"))
                .hasSize(5)
                .extracting(PartState::state)
                .containsOnly("ready");
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", shop.containers().kafka()))) {
            await().atMost(UNTIL_SETTLED)
                    .until(() ->
                            admin.listTopics().names().get(30, TimeUnit.SECONDS).containsAll(TOPICS));
            assertThat(admin.describeTopics(TOPICS)
                            .allTopicNames()
                            .get(30, TimeUnit.SECONDS)
                            .values())
                    .flatExtracting(topic -> topic.partitions())
                    .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3));
            var asked = TOPICS.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            assertThat(admin.describeConfigs(asked)
                            .all()
                            .get(30, TimeUnit.SECONDS)
                            .values())
                    .allSatisfy(config -> assertThat(
                                    config.get("min.insync.replicas").value())
                            .isEqualTo("2"));
        }
    }

    @Test
    @Order(2)
    void a_broker_and_a_worker_killed_during_a_rehearsal_and_away_until_its_end_lose_and_double_nothing() {
        var victims = List.of("kafka-2", "connect-2").stream()
                .map(name -> shop.containers().mortal(name))
                .toList();
        var before = newestHandover();
        var rehearsal = CompletableFuture.supplyAsync(() -> rehearse("--cycles", "2"));
        try {
            // Under its load, and on the way.
            await().atMost(UNTIL_SETTLED)
                    .until(() -> rehearsal.isDone() || !newestHandover().equals(before));
            victims.forEach(victim -> victim.kill());
            // Otherwise they died beside it, which proves nothing.
            assertThat(rehearsal).isNotDone();
            var certificate = rehearsal.join();
            isWhole(certificate);
            // The one on its way may have been taken back for it; whatever comes later does without them.
            var outcomes = outcomes(certificate, "quiet");
            assertThat(outcomes).hasSize(4);
            assertThat(outcomes.get(0)).isIn("DONE", "ABORTED");
            assertThat(outcomes.subList(1, 4)).containsOnly("DONE");
        } finally {
            victims.forEach(victim -> victim.start());
        }
    }

    @Test
    @Order(3)
    void another_broker_and_the_other_worker_killed_at_a_step_lose_and_double_nothing() {
        var certificate = rehearse(
                "--cycles", "0", "--kill", "kafka@before-drain:forward", "--kill", "connect@before-drain:back");
        isWhole(certificate);
        // One whose step no handover came to is in the certificate too, as missed.
        assertThat(outcomes(certificate, "faulty")).hasSize(2).isSubsetOf("DONE", "ABORTED");
    }

    /** Carried out to its end; nothing lost, doubled, reordered or written by two, and of each acknowledged write an event. */
    private static void isWhole(JsonNode certificate) {
        assertThat(certificate.path("stopped").asString()).isEmpty();
        assertThat(certificate.path("violations").size())
                .as(certificate.toString())
                .isZero();
        assertThat(certificate.path("acknowledged").asLong()).isGreaterThan(200);
        assertThat(certificate.path("events").asLong())
                .isGreaterThanOrEqualTo(certificate.path("acknowledged").asLong());
    }

    private static List<String> outcomes(JsonNode certificate, String handovers) {
        var outcomes = new ArrayList<String>();
        certificate
                .path(handovers)
                .forEach(handover -> outcomes.add(handover.path("outcome").asString()));
        return outcomes;
    }

    private String newestHandover() {
        var handovers = ControlApi.items(shop.control().get("/control/features/assets/operations"));
        return handovers.isEmpty() ? "none" : handovers.get(0).path("id").asString();
    }

    /** A certificate is clean only if every handover without a fault of its own was done, which is more than can be asked here. */
    private JsonNode rehearse(String... more) {
        var arguments = new ArrayList<>(List.of("rehearse", "assets", "--json"));
        arguments.addAll(List.of("--clients", "8", "--writes-per-second", "40"));
        arguments.addAll(List.of(more));
        var rehearsed = shop.cli(REHEARSAL, arguments.toArray(String[]::new));
        assertThat(rehearsed.exitCode()).as(rehearsed.toString()).isIn(0, 1);
        return new JsonMapper().readTree(rehearsed.out());
    }
}
