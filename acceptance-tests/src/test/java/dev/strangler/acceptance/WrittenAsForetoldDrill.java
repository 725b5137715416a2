package dev.strangler.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.laws.DatabaseLaws;
import dev.strangler.architecture.laws.Exceptions;
import dev.strangler.architecture.laws.ObservedLaws;
import dev.strangler.architecture.observed.ObservedWrite;
import dev.strangler.architecture.observed.Observing;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The databases of the running shop obey the laws, and what was written in them is what the code was read to write. Makes the shop do each thing once: both
 * features written at the monolith, the assets handed over, written there, and handed back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenAsForetoldDrill {

    private static final Map<String, String> ROOMS =
            Map.of("monolith", "monolith", "dam", "extracted-dam-service", "pim", "extracted-pim-service");

    private final RunningShop shop = RunningShop.shared();
    private final FeatureMap map = FeatureMap.load(Path.of("..", "strangler.yml"), Map.of());
    private final Map<String, Observing> watched = new HashMap<>();

    @BeforeAll
    void everythingIsDoneOnce() throws SQLException {
        for (var side : ROOMS.keySet()) {
            watched.put(side, Observing.begin(asSuperuser(side), "watched_" + side));
        }
        var assets = new MovingFeature(shop, "assets");
        live("foretold-before");
        assets.isReady();
        assets.cutover().succeeded();
        live("foretold-at-the-dam");
        assets.isHome();
        new BothSides(shop).areEqualInTheEnd();
    }

    private void live(String name) {
        var client = shop.client();
        var image = client.upload(key(), name + ".png", Pictures.png(name.hashCode()))
                .expecting(201)
                .json()
                .path("id")
                .asString();
        client.command("PUT", "/api/assets/" + image + "/tags", key(), Map.of("tags", List.of("a", "b")))
                .expecting(200);
        client.command("PUT", "/api/assets/" + image + "/tags", key(), Map.of("tags", List.of("b")))
                .expecting(200);
        client.command("POST", "/api/assets/" + image + "/trash", key(), null).expecting(200);
        client.command("POST", "/api/assets/" + image + "/untrash", key(), null).expecting(200);
        var sku = name.toUpperCase(Locale.ROOT);
        client.command("POST", "/api/products", key(), Load.product(sku)).expecting(201);
        // The products hear of a new image by an event, which may take its time on a busy machine.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            var attached = Map.of("assetId", image);
            return client.command("POST", "/api/products/" + sku + "/images", key(), attached)
                            .expecting(200, 422)
                            .status()
                    == 200;
        });
        client.command("DELETE", "/api/products/" + sku + "/images/" + image, key(), null)
                .expecting(200);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @ParameterizedTest
    @CsvSource({"monolith, 12", "dam, 4", "pim, 4"})
    void every_committed_change_has_an_author_whose_code_was_read_to_make_it(String side, int atLeast)
            throws SQLException {
        var laws = side.equals("monolith") ? ObservedLaws.forMonolith(map) : ObservedLaws.forService(map, side);
        var foretold = laws.judge(writes(side), written(side));
        System.out.println(side + ": " + foretold.told() + " Not seen: " + foretold.notSeen());
        foretold.judgement().check();
        assertThat(foretold.foretold()).isEqualTo(foretold.kinds()).isGreaterThanOrEqualTo(atLeast);
    }

    @ParameterizedTest
    @CsvSource({"monolith, 2", "dam, 2", "pim, 1"})
    void its_database_obeys_the_laws(String side, int ceiling) throws SQLException {
        var laws = side.equals("monolith") ? DatabaseLaws.forMonolith(map) : DatabaseLaws.forService(map, side);
        try (var connection = asSuperuser(side).getConnection()) {
            var excused = laws.judge(connection, writes(side))
                    .excusing(
                            Exceptions.in(Path.of("..", "exceptions", side + "-database"), Clock.systemUTC()), ceiling);
            System.out.println(side + ": " + excused.size());
            excused.check();
        }
    }

    private List<ObservedWrite> written(String side) throws SQLException {
        return Objects.requireNonNull(watched.get(side), side).collect();
    }

    private DataSource asSuperuser(String side) {
        var postgres = shop.postgres();
        return postgres.dataSource(side, postgres.superuser(), postgres.superuserPassword());
    }

    private static Writes writes(String side) {
        return Writes.of(CodeBase.read(Path.of("..", String.valueOf(ROOMS.get(side)), "target", "classes")));
    }
}
