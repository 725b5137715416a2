package dev.strangler.architecture;

import static dev.strangler.architecture.LawsBiteTest.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.strangler.cutover.Deployable;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OwnedDatabase;
import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.RelayPace;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The laws of the single writer catch the shop's bad half and spare its good one. */
class SingleWriterLawsBiteTest {

    private static final String SHOP = "dev.strangler.architecture.fixtures.writers.shop.";

    private final SingleWriterLaws laws = SingleWriterLaws.forMonolith(map());

    @Test
    void sql_that_writes_a_foreign_table_is_caught_whole_or_in_parts() {
        assertThat(violations(laws.sql_writes_its_own_tables(), "writers"))
                .hasSize(2)
                .anyMatch(line -> line.contains("Meddling.byConstant writes table asset_tag (DELETE FROM)"))
                .anyMatch(line -> line.contains("Meddling.byConcatenation writes table asset (UPDATE)"));
    }

    @Test
    void an_entity_on_a_foreign_table_is_caught() {
        assertThat(violations(laws.entities_map_their_own_tables(), "writers"))
                .singleElement()
                .asString()
                .contains("ProductPhoto maps table asset, which feature assets owns");
    }

    @Test
    void an_event_in_a_foreign_name_is_caught_and_so_is_one_that_names_nobody() {
        assertThat(violations(laws.events_are_appended_by_their_owner(), "writers"))
                .hasSize(2)
                .anyMatch(line -> line.contains("inTheNameOfAssets") && line.contains("feature assets"))
                .anyMatch(line -> line.contains("ofNobodyKnowsWhat") && line.contains("can't be judged"));
    }

    @Test
    void a_side_that_owns_nothing_and_appends_is_caught() {
        assertThat(violations(SingleWriterLaws.appends_no_events(), "writers"))
                .isNotEmpty()
                .allMatch(line -> line.contains("Meddling") || line.contains("Trashing"));
    }

    @Test
    void a_service_that_owns_nothing_is_refused_instead_of_passing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SingleWriterLaws.forService(map(), "crm"))
                .withMessageContaining("would judge nothing");
    }

    private static FeatureMap map() {
        var role = new OwnedDatabase.Role("shop", "shop");
        var database = new OwnedDatabase("jdbc:postgresql://127.0.0.1:5432/shop", role, role, role, RelayPace.PROMPT);
        var monolith = new Deployable("monolith", URI.create("http://127.0.0.1:8090"), database);
        var dam = new Deployable("dam", URI.create("http://127.0.0.1:8091"), database);
        var assets = new Feature(
                new FeatureName("assets"),
                "dam",
                List.of("/api/assets"),
                Set.of("Asset"),
                "assets.v1",
                Map.of(Side.MONOLITH, Set.of("asset", "asset_tag"), Side.SERVICE, Set.of("asset")),
                Map.of(Side.MONOLITH, Set.of(SHOP + "assets"), Side.SERVICE, Set.of("dam")));
        return new FeatureMap(
                monolith,
                Map.of("dam", dam),
                "127.0.0.1:9092",
                null,
                URI.create("http://127.0.0.1:8083"),
                List.of(),
                List.of(assets));
    }
}
