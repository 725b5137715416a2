package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes move to the service and back while clients write, while parts are killed, and while somebody is in the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class HandoverDrill {

    private static final Duration REHEARSAL = Duration.ofMinutes(8);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration WRITING = Duration.ofMinutes(5);
    private static final int FAILED = 1;
    private static final int CLIENTS = 16;

    private static final int WRITES = Integer.getInteger("drill.writes", 10_000);

    private final RunningShop shop = RunningShop.shared();
    private final BothSides sides = new BothSides(shop);
    private final MovingFeature assets = new MovingFeature(shop, "assets");
    private final MovingFeature products = new MovingFeature(shop, "products");
    private final JsonMapper json = new JsonMapper();

    @BeforeAll
    void nothingIsInTheWay() {
        assets.isReady();
        products.isReady();
    }

    @AfterAll
    void theMonolithAnswersAlone() {
        assets.isHome();
        products.isHome();
    }

    @Test
    @Order(1)
    void a_transaction_left_open_is_named_and_writes_go_on_as_before() throws Exception {
        try (var connection = monolith("left-open");
                var writing = new Tagging(shop, "BESIDE", 2)) {
            var pid = pid(connection);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("update product set name = name where false");
            }
            // The gate tolerates a second.
            await().atMost(SOON).until(() -> isOlderThanTolerated(pid));
            writing.writeOn();
            names(products.cutover(), MovingFeature.REFUSED, pid);

            // Somebody insists, and it is still open when the fence is to close: given up after the limit.
            names(products.cutover("--waive", "transactions"), FAILED, pid);
            connection.rollback();
            var before = writing.acknowledged();
            await().atMost(SOON).until(() -> writing.acknowledged() > before + 10);
            assertThat(writing.servedBy()).containsExactly("monolith");
        }
        assertThat(products.owner()).isEqualTo("monolith");
    }

    private static void names(CommandLine.Result refused, int exitCode, int pid) {
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(exitCode);
        assertThat(refused.out() + refused.err())
                .contains("pid " + pid, "left-open", "open for", "update product set name = name where false");
    }

    @Test
    @Order(2)
    void of_two_operators_at_once_one_wins_and_the_other_is_told() throws Exception {
        assets.awaitFree();
        // Whoever comes first stands still where nothing has happened yet, so that the other really comes meanwhile.
        assets.standStillBefore("hold");
        var operators = Executors.newFixedThreadPool(2);
        try {
            Callable<CommandLine.Result> asking = assets::cutover;
            var asked = List.of(operators.submit(asking), operators.submit(asking));
            await().atMost(SOON)
                    .until(() -> assets.standsStill() && asked.stream().anyMatch(Future::isDone));
            assets.goOn();
            var results = new ArrayList<CommandLine.Result>();
            for (var one : asked) {
                results.add(one.get(SOON.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(results)
                    .extracting(CommandLine.Result::exitCode)
                    .containsExactlyInAnyOrder(0, MovingFeature.REFUSED);
            assertThat(results)
                    .filteredOn(result -> result.exitCode() != 0)
                    .extracting(result -> result.out() + result.err())
                    .singleElement()
                    .asString()
                    .contains("Wait for it, or end it with resume or abort");
        } finally {
            operators.shutdownNow();
        }
        assertThat(assets.owner()).isEqualTo("service");
    }

    @Test
    @Order(3)
    void sql_past_the_owner_is_refused_counted_and_named() throws SQLException {
        handedOver(assets);
        try (var connection = monolith("nightly-batch");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("update asset set file_name = 'batch.png'"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("SF001"));
        }
        var doctor = shop.cli("doctor", "assets").succeeded().out();
        assertThat(doctor)
                .containsPattern("The fence of the monolith has refused [1-9][0-9,]* writes so far")
                .contains("role monolith", "'nightly-batch'", "update asset set file_name = 'batch.png'");
        assertThat(sides.assets("monolith", "ACTIVE").values())
                .noneMatch(asset -> asset.path("fileName").asString().equals("batch.png"));
    }

    @Test
    @Order(4)
    void what_was_written_after_the_cutover_is_in_the_monolith_after_cutting_back() throws Exception {
        handedOver(products);
        try (var writing = new Tagging(shop, "AFTER", CLIENTS)) {
            var began = System.nanoTime();
            writing.write(WRITES, WRITING);
            System.out.printf(
                    "%,d writes acknowledged in %,d ms%n",
                    writing.acknowledged(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            assertThat(writing.acknowledged()).isGreaterThanOrEqualTo(WRITES);
            assertThat(writing.servedBy()).containsExactly("pim");
            products.awaitFree();
            products.back();
            assertThat(shop.cli("verify", "products").succeeded().out()).contains("proven equal");
            writing.isWholeAt(sides, "monolith");
        }
    }

    /** The coordinator, the database of whoever gave up, and the new owner. */
    @Test
    @Order(5)
    void assets_go_there_and_back_under_load_with_parts_killed_and_no_write_is_lost_or_doubled() {
        rehearse("assets", 1, "facade@before-drain", "postgres@after-fence", "monolith@after-open:back");
    }

    /** What carries the last events, the new owner, and a façade that does not lead; clients write through both. */
    @Test
    @Order(6)
    void products_go_there_under_load_with_parts_killed_and_no_write_is_lost_or_doubled() {
        rehearse("products", 0, "connect@before-drain", "pim@after-open:forward", "facade-2@before-fence");
    }

    private void handedOver(MovingFeature feature) {
        if (feature.owner().equals("monolith")) {
            feature.awaitFree();
            feature.cutover().succeeded();
        }
    }

    private void rehearse(String feature, int cycles, String... kills) {
        var arguments = new ArrayList<>(List.of("rehearse", feature, "--json", "--cycles", String.valueOf(cycles)));
        arguments.addAll(List.of("--clients", "8", "--writes-per-second", "60"));
        for (var kill : kills) {
            arguments.addAll(List.of("--kill", kill));
        }
        var rehearsed = shop.cli(REHEARSAL, arguments.toArray(String[]::new));
        assertThat(rehearsed.exitCode()).as(rehearsed.toString()).isZero();
        var certificate = json.readTree(rehearsed.out());
        assertThat(certificate.path("violations").size()).as(rehearsed.out()).isZero();
        assertThat(certificate.path("acknowledged").asLong()).isGreaterThan(200);
        assertThat(certificate.path("faulty").size()).isEqualTo(kills.length);
        var handedIn = shop.control().get("/control/features/" + feature + "/rehearsals/newest");
        assertThat(handedIn.path("clean").asBoolean()).isTrue();
        assertThat(moment(handedIn)).isEqualTo(moment(certificate));
        assertThat(handedIn.path("faults").asInt()).isEqualTo(kills.length);
    }

    /** A database keeps microseconds. */
    private static Instant moment(JsonNode rehearsal) {
        return Instant.parse(rehearsal.path("at").asString()).truncatedTo(ChronoUnit.MILLIS);
    }

    private boolean isOlderThanTolerated(int pid) {
        var old = new JdbcTemplate(shop.postgres().administrator())
                .queryForObject(
                        "select clock_timestamp() - xact_start > interval '1500 ms' from pg_stat_activity where pid = ?",
                        Boolean.class,
                        pid);
        return Boolean.TRUE.equals(old);
    }

    private static int pid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var asked = statement.executeQuery("select pg_backend_pid()")) {
            asked.next();
            return asked.getInt(1);
        }
    }

    private Connection monolith(String application) throws SQLException {
        var connection =
                shop.postgres().dataSource("monolith", "monolith", "monolith").getConnection();
        connection.setClientInfo("ApplicationName", application);
        return connection;
    }
}
