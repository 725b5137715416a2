package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A service whose database is away, or that meets a record that it can't apply: the others go on, and it comes back. */
class TroubledServiceDrill {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RunningShop shop = RunningShop.shared();
    private final BothSides sides = new BothSides(shop);
    private final Stranger stranger = new Stranger(shop);

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
        stranger.publish(broken, 1, "AssetTrashed", state(broken, "TRASHED"));
        stranger.publishUnreadable(skipped);
        await().atMost(SOON).untilAsserted(() -> assertThat(stranger.parked()).contains(broken, skipped));

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
        await().atMost(SOON).untilAsserted(() -> assertThat(stranger.parked()).contains(broken));

        for (var id : new String[] {broken, skipped}) {
            stranger.skip(id);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(stranger.parked()).doesNotContain(broken, skipped));

        sides.areEqualInTheEnd();
    }

    @Test
    void what_a_stranger_decides_about_what_the_owner_holds_is_parked_there_and_named_and_holds_up_nobody()
            throws Exception {
        var id = UUID.randomUUID().toString();
        stranger.publish(id, 1, "AssetPurged", state(id, "PURGED"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stranger.parked())
                        .contains(
                                id,
                                "monolith-assets",
                                "This side owns Asset " + id + ", and 'drill' decides about it"));
        assertThat(shop.cli("doctor", "assets").succeeded().out())
                .contains("1 key is parked at the monolith", "This side owns Asset " + id);
        stranger.skip(id);
        await().atMost(SOON).untilAsserted(() -> assertThat(stranger.parked()).doesNotContain(id));
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

    /** Whose bytes nobody has; in the trash, so that nobody else shows it. */
    private static String state(String id, String status) {
        var nobodyHas = "0".repeat(64);
        return """
                {"id":"%s","owner":"shop","fileName":"broken.png","contentType":"image/png","size":10,"sha256":"%s",
                 "width":1,"height":1,"tags":[],"status":"%s","version":1,"uploadedAt":"2026-01-01T00:00:00Z",
                 "trashedAt":"2026-01-02T00:00:00Z",
                 "thumbnail":{"sha256":"%s","contentType":"image/png","size":10,"width":1,"height":1}}""".formatted(id, nobodyHas, status, nobodyHas);
    }
}
