package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A service whose database is away, or that meets a record that it can't apply: the others go on, and it comes back. */
class TroubledServiceDrill {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RunningShop shop = RunningShop.shared();
    private final BothSides sides = new BothSides(shop);

    @Test
    void a_service_whose_database_was_away_for_a_minute_catches_up_by_itself() {
        var server = new JdbcTemplate(shop.postgres().administrator());
        var client = shop.client();
        server.execute("alter database dam with allow_connections false");
        try {
            server.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'dam'");
            var uploads = new ArrayList<String>();
            var away = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> {
                        var name = "away-" + uploads.size() + ".png";
                        uploads.add(
                                client.upload(UUID.randomUUID().toString(), name, Pictures.png(5_000 + uploads.size()))
                                        .expecting(200, 201)
                                        .json()
                                        .path("id")
                                        .asString());
                        return System.nanoTime() > away;
                    });
            assertThat(uploads).hasSizeGreaterThan(5);
        } finally {
            server.execute("alter database dam with allow_connections true");
        }
        sides.areEqualInTheEnd();
    }

    @Test
    void a_record_that_can_not_be_applied_parks_its_key_only_until_an_operator_decides() throws Exception {
        var broken = UUID.randomUUID().toString();
        var skipped = UUID.randomUUID().toString();
        var fixed = Pictures.png(7_001);
        publish(broken, 1, "AssetUploaded", asset(broken, "0".repeat(64), 1));
        publish(skipped, 1, "AssetUploaded", "{\"not\":\"an asset\"}");
        await().atMost(SOON).untilAsserted(() -> assertThat(parked()).contains(broken, skipped));

        // Others of the same topic flow on.
        var client = shop.client();
        var other = client.upload(UUID.randomUUID().toString(), "flows-on.png", fixed)
                .expecting(200, 201)
                .json()
                .path("id")
                .asString();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sides.assets("dam", "ACTIVE")).containsKey(other));

        // A retry without a remedy parks it again; the record stays.
        shop.cli("parked", "retry", "dam-assets", "Asset", broken).succeeded();
        await().atMost(SOON).untilAsserted(() -> assertThat(parked()).contains(broken));

        for (var id : new String[] {broken, skipped}) {
            for (var consumer : consumersThatParked(id)) {
                shop.cli("parked", "skip", consumer, "Asset", id).succeeded();
            }
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(parked()).doesNotContain(broken, skipped));

        // What was made up leaves again, so that both sides are equal for the drills that follow.
        publish(broken, 2, "AssetPurged", asset(broken, "0".repeat(64), 2).replace("ACTIVE", "PURGED"));
        sides.areEqualInTheEnd();
    }

    @Test
    void a_projection_rebuilt_from_the_log_equals_the_one_before() {
        sides.areEqualInTheEnd();
        var before = Map.of("pim", sides.products("pim"), "dam", sides.assets("dam", "ACTIVE"));
        rebuild("pim", "pim-products");
        rebuild("pim", "pim-attachable-images");
        rebuild("dam", "dam-assets");
        assertThat(sides.products("pim")).isEqualTo(before.get("pim"));
        assertThat(sides.assets("dam", "ACTIVE")).isEqualTo(before.get("dam"));
        sides.areEqualInTheEnd();
    }

    private void rebuild(String service, String consumer) {
        shop.directly(service)
                .command("POST", "/internal/rebuild", UUID.randomUUID().toString(), Map.of("consumer", consumer))
                .expecting(200, 202);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(stateOfRebuild(service, consumer)).isEqualTo("DONE"));
    }

    private String stateOfRebuild(String service, String consumer) {
        var answer = shop.directly(service).read("/internal/rebuild");
        for (var rebuild : answer.isArray() ? answer : answer.path("items")) {
            if (rebuild.path("consumer").asString().equals(consumer)) {
                return rebuild.path("state").asString();
            }
        }
        return "none";
    }

    private String parked() {
        return shop.cli("parked", "--json").succeeded().out();
    }

    private List<String> consumersThatParked(String aggregateId) {
        var consumers = new ArrayList<String>();
        var parked = new JsonMapper().readTree(parked());
        (parked.isArray() ? parked : parked.path("items")).forEach(record -> {
            if (record.path("aggregateId").asString().equals(aggregateId)) {
                consumers.add(record.path("consumer").asString());
            }
        });
        return consumers.stream().distinct().toList();
    }

    private static String asset(String id, String sha256, long version) {
        return """
                {"id":"%s","owner":"shop","fileName":"broken.png","contentType":"image/png","size":10,"sha256":"%s",
                 "width":1,"height":1,"tags":[],"status":"ACTIVE","version":%d,"uploadedAt":"2026-01-01T00:00:00Z",
                 "trashedAt":null,"thumbnail":{"sha256":"%s","contentType":"image/png","size":10,"width":1,"height":1}}""".formatted(id, sha256, version, sha256);
    }

    /** Publishes past the monolith, as only a broken or hostile publisher would. */
    private void publish(String id, long version, String type, String payload)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> settings = Map.of("bootstrap.servers", shop.kafka(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var headers = List.of(
                    header("id", "drill-Asset-" + id + "-v" + version),
                    header("type", type),
                    header("aggregatetype", "Asset"),
                    header("origin", "drill"),
                    header("epoch", "0"),
                    header("aggregateversion", String.valueOf(version)),
                    header("schemaversion", "1"),
                    header("occurredat", Instant.EPOCH.toString()));
            producer.send(new ProducerRecord<>("assets.v1", null, id, payload, headers))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
