package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is in the way of a handover is said before anything moves, each with a line of its own, and nothing moves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalDrill {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RunningShop shop = RunningShop.shared();
    private final MovingFeature assets = new MovingFeature(shop, "assets");

    @BeforeAll
    void nothingIsInTheWay() {
        assets.isReady();
    }

    @AfterEach
    void nothingIsInTheWayAgain() {
        assets.awaitFree();
    }

    @AfterAll
    void theMonolithAnswersAlone() {
        assets.isHome();
    }

    @Test
    void a_proof_that_has_grown_too_old() {
        shop.cli("verify", "assets").succeeded();
        var database = new JdbcTemplate(shop.postgres().dataSource("facade", "facade", "facade"));
        database.update("update proof set read_at = read_at - interval '25 hours' where feature = 'assets'");
        database.update("update operation set ended_at = ended_at - interval '25 hours' where feature = 'assets'");
        assets.planRefuses("parity-proof");
        shop.cli("verify", "assets").succeeded();
    }

    @Test
    void a_key_that_waits_for_an_operator() throws Exception {
        var id = UUID.randomUUID().toString();
        var stranger = new Stranger(shop);
        stranger.publishUnreadable(id);
        await().atMost(SOON).untilAsserted(() -> assertThat(stranger.parked()).contains(id));
        assets.planRefuses("parked");
        stranger.skip(id);
    }

    @Test
    void a_service_whose_database_is_away() {
        var server = new JdbcTemplate(shop.postgres().administrator());
        server.execute("alter database dam with allow_connections false");
        try {
            server.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'dam'");
            assets.planRefuses("database-of-service");
            assertThat(assets.cutover().exitCode()).isEqualTo(MovingFeature.REFUSED);
        } finally {
            server.execute("alter database dam with allow_connections true");
        }
    }

    @Test
    void a_way_back_that_is_broken() {
        connector("dam-outbox", "pause");
        try {
            await().atMost(SOON).untilAsserted(() -> assets.planRefuses("reverse-relay"));
        } finally {
            connector("dam-outbox", "resume");
        }
    }

    @Test
    void a_relay_that_does_not_run() {
        shop.part("connect").kill();
        try {
            await().atMost(SOON).untilAsserted(() -> assets.planRefuses("relay"));
            assertThat(assets.cutover().exitCode()).isEqualTo(MovingFeature.REFUSED);
        } finally {
            shop.part("connect").start();
        }
    }

    private void connector(String name, String verb) {
        new Client(URI.create("http://127.0.0.1:" + (18083 + shop.portOffset())))
                .command(
                        "PUT",
                        "/connectors/" + name + "/" + verb,
                        UUID.randomUUID().toString(),
                        null)
                .expecting(200, 202);
    }
}
