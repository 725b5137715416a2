package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cli.up.PartState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    /** Over TCP, as whom it says. Each is let in where it belongs: what is refused there is the act. */
    @ParameterizedTest
    @Order(5)
    @CsvSource(delimiter = '|', textBlock = """
            monolith | monolith_relay    | select 1 from product
            monolith | monolith_verifier | update product set version = 9
            dam      | dam_relay         | select 1 from asset
            dam      | dam_relay         | delete from strangler.outbox
            dam      | dam_verifier      | select 1 from asset
            dam      | dam_verifier      | update asset set version = 9
            dam      | dam               | create role mine
            pim      | pim_relay         | select 1 from product
            pim      | pim_verifier      | delete from product
            """)
    void a_role_of_a_container_does_nothing_but_its_own_work(String side, String role, String act) {
        var database = "postgres-" + side;
        assertThat(sql(database, "127.0.0.1", role, side, "select current_user"))
                .contains(role);
        assertThatThrownBy(() -> sql(database, "127.0.0.1", role, side, act)).hasMessageContaining("permission denied");
    }

    @Test
    @Order(6)
    void an_owner_does_not_enter_the_database_of_another() {
        assertThatThrownBy(() -> sql("postgres-dam", "postgres-pim", "dam", "pim", "select 1"))
                .hasMessageContaining("authentication failed");
    }

    @ParameterizedTest
    @Order(7)
    @ValueSource(strings = {"assets.v1", "products.v1", "strangler-connect-configs"})
    void who_does_not_say_who_he_is_writes_no_topic_at_the_published_port(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", shop.containers().kafka(), "enable.idempotence", false);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "drill", "{}"))
                            .get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    /** The password is the owner's, which is of no use to the others: a server believes whoever comes from itself. */
    private String sql(String container, String host, String role, String database, String act) {
        // A verifier's sessions only read unless they say otherwise, which is no wall; the rights are.
        var psql =
                "PGPASSWORD=$OWNER_PASSWORD psql -v ON_ERROR_STOP=1 -h %s -U %s %s -c 'set default_transaction_read_only = off' -c \"$1\""
                        .formatted(host, role, database);
        return shop.containers().inside(container, List.of("bash", "-c", psql, "psql", act));
    }
}
