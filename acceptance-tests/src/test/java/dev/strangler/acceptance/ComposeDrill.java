package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cli.up.PartState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/** The system of docker-compose.yml, driven as the sandbox is driven. It must run already. */
@Tag("compose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeDrill {

    private static final Duration IMPORT = Duration.ofMinutes(5);
    private static final Duration REHEARSAL = Duration.ofMinutes(8);

    private final ComposedShop shop = new ComposedShop();
    private final MovingFeature assets = new MovingFeature(shop, "assets");
    private final BothSides sides = new BothSides(shop);

    @AfterAll
    void theMonolithAnswersAlone() {
        assets.isHome();
    }

    @Test
    @Order(1)
    void every_container_is_ready_and_the_features_are_known() {
        assertThat(shop.containers().states())
                .hasSizeGreaterThanOrEqualTo(10)
                .extracting(PartState::state)
                .containsOnly("ready");
        assertThat(shop.cli("status").succeeded().out()).contains("postgres-monolith", "connect", "facade");
        assertThat(shop.cli("features").succeeded().out()).contains("assets", "products");
    }

    @Test
    @Order(2)
    void an_imported_catalogue_reaches_both_services() {
        var catalogue = Path.of("..", "examples", "catalogue").toAbsolutePath();
        shop.cli(IMPORT, "import", catalogue.toString()).succeeded();
        assertThat(sides.products("monolith")).isNotEmpty();
        sides.areEqualInTheEnd();
    }

    @Test
    @Order(3)
    void writes_go_to_the_service_and_back_and_both_sides_are_proven_equal() {
        assets.isReady();
        assets.cutover().succeeded();
        var uploaded = shop.client()
                .upload(UUID.randomUUID().toString(), "container.png", Pictures.png(System.nanoTime()), "composed")
                .expecting(201);
        assertThat(uploaded.servedBy()).isEqualTo("dam");
        assets.awaitFree();
        assets.back();
        assertThat(shop.cli("verify", "assets").succeeded().out()).contains("proven equal");
        assertThat(sides.assets("monolith", "ACTIVE"))
                .containsKey(uploaded.json().path("id").asString());
        sides.areEqualInTheEnd();
    }

    @Test
    @Order(4)
    void a_container_killed_on_the_way_loses_and_doubles_nothing() {
        var rehearsed = shop.cli(
                REHEARSAL,
                "rehearse",
                "assets",
                "--json",
                "--cycles",
                "0",
                "--clients",
                "8",
                "--writes-per-second",
                "40",
                "--kill",
                "facade@before-drain");
        assertThat(rehearsed.exitCode()).as(rehearsed.toString()).isZero();
        var certificate = new JsonMapper().readTree(rehearsed.out());
        assertThat(certificate.path("violations").size()).as(rehearsed.out()).isZero();
        assertThat(certificate.path("faulty").size()).isEqualTo(1);
    }
}
