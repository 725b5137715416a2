package dev.strangler.architecture.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first look without a map finds the parts, their tables and what stands between them. */
class AssessingTest {

    private static final String CORPUS = "dev.strangler.architecture.fixtures.corpus.";

    private static Writes writes;
    private static Assessment assessment;

    @BeforeAll
    static void assess() {
        writes = Writes.of(CodeBase.ofPackages(CORPUS + "assets", CORPUS + "products"));
        assessment = Assessing.of(writes, Contexts.guessed(writes.code()), 1.5);
    }

    @Test
    void parts_are_guessed_below_what_all_packages_share() {
        assertThat(assessment.contexts()).extracting(Assessment.Context::name).containsExactly("assets", "products");
        assertThat(assessment.contexts().get(0).packages()).containsExactly(CORPUS + "assets");
    }

    @Test
    void names_of_layers_are_no_parts() {
        var contexts = Contexts.guessed(CodeBase.ofPackages("dev.strangler.cutover", "dev.strangler.outbox"));
        assertThat(contexts.of("dev.strangler.cutover.jdbc")).isEqualTo("cutover");
        assertThat(contexts.of("dev.strangler.nowhere")).isEqualTo(Contexts.SHARED);
    }

    @Test
    void a_contested_table_comes_first_with_its_owner_its_writers_and_their_ways() {
        assertThat(assessment.tables().get(0).isContested()).isTrue();
        var asset = table("asset");
        assertThat(asset.owner()).isEqualTo("assets");
        assertThat(asset.writers().get("products").channels())
                .containsKeys("SQL", "REPOSITORY", "ENTITY_MANAGER", "DIRTY_CHECKING", "CASCADE", "BULK_QUERY");
        assertThat(asset.writers().get("products").examples()).hasSize(5);
        assertThat(table("product_image").writers()).containsOnlyKeys("products");
    }

    @Test
    void a_table_that_is_written_only_by_cascades_is_found_at_whoever_saves() {
        assertThat(writes.writes())
                .filteredOn(write -> write.isImplied() && write.table().equals("rendition"))
                .anyMatch(write -> write.place().told().equals("Objects.saving")
                        && write.by().contains("Asset.renditions"));
    }

    @Test
    void what_stands_in_the_way_is_said_and_counted() {
        var assets = assessment.contexts().stream()
                .filter(part -> part.name().equals("assets"))
                .findFirst()
                .orElseThrow();
        assertThat(assets.effort()).isPositive();
        assertThat(String.join("\n", assets.inTheWay()))
                .contains("writes to its tables come from products", "classes of other parts mention it");
        assertThat(assessment.unreadable())
                .isNotEmpty()
                .allMatch(doubt -> doubt.context().equals("products"));
        assertThat(assessment.cycles()).isEmpty();
    }

    @Test
    void a_first_map_is_one_that_the_kit_reads(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("strangler.yml"), FirstMap.of(assessment));
        var map = FeatureMap.load(file, Map.of());
        assertThat(map.features()).hasSize(2);
        assertThat(map.features().get(0).tablesOn(Side.MONOLITH))
                .contains("asset", "asset_tag", "rendition", "licence");
        assertThat(Contexts.of(writes.code(), map).of(CORPUS + "assets.intake")).isEqualTo("assets");
    }

    @Test
    void a_transaction_over_two_parts_is_shared_though_another_method_writes_the_second() {
        assertThat(assessment.sharedMethods())
                .filteredOn(method -> method.place().equals("Together.overTwo"))
                .singleElement()
                .satisfies(method -> assertThat(method.contexts()).containsExactly("assets", "products"));
    }

    @Test
    void a_cycle_is_found_however_long_the_way_round_is() {
        var needs = Map.of("a", Map.of("b", 1), "b", Map.of("c", 1), "c", Map.of("a", 1, "d", 1), "d", Map.of("e", 1));
        assertThat(Cycles.of(needs)).containsExactly("a ⇄ b ⇄ c");
    }

    @Test
    void what_scripts_write_is_counted_at_the_part_whose_directory_they_lie_in(@TempDir Path directory)
            throws IOException {
        var found = scripted(directory);
        assertThat(table(found, "draft").owner()).isEqualTo("products");
        assertThat(table(found, "asset").writers()).containsOnlyKeys("products");
        assertThat(found.hidden())
                .filteredOn(hidden -> hidden.table().equals("draft"))
                .singleElement()
                .satisfies(hidden -> assertThat(hidden.told()).contains("a change of asset writes draft", "cascade"));
    }

    private static Assessment scripted(Path directory) throws IOException {
        for (var name : List.of("assets/Labelled", "products/Texts")) {
            var path = CORPUS.replace('.', '/') + name + ".class";
            var target = directory.resolve(path);
            Files.createDirectories(target.getParent());
            try (var file = AssessingTest.class.getClassLoader().getResourceAsStream(path)) {
                Files.write(target, Objects.requireNonNull(file).readAllBytes());
            }
        }
        var script = directory.resolve("db/products/V1__draft.sql");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "create table draft (a text references asset on delete cascade); delete from asset;");
        var code = CodeBase.read(directory);
        return Assessing.of(Writes.of(code), Contexts.guessed(code), 0);
    }

    @Test
    void a_first_map_is_read_whatever_the_parts_are_called_and_claim(@TempDir Path directory) throws IOException {
        var contexts = List.of(
                context("3d", List.of("shop.three"), List.of("/api/assets"), List.of("Tag")),
                context(
                        "Orders",
                        List.of("shop.Orders", "shop.orders"),
                        List.of("/api/assets/new", "/actuator"),
                        List.of("Tag")),
                context("orders", List.of("shop.orders.more"), List.of(), List.of("Order", "Order")),
                context("capital", List.of("shop.Capital"), List.of("/c"), List.of("C")),
                context("tag", List.of("shop.tag"), List.of(), List.of()));
        var text = FirstMap.of(
                new Assessment(1, 0, contexts, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of()));
        var map = FeatureMap.load(Files.writeString(directory.resolve("strangler.yml"), text), Map.of());
        assertThat(map.features())
                .extracting(feature -> feature.name().value())
                .containsExactlyInAnyOrder("part-3d", "orders", "orders-2", "tag");
        assertThat(text).contains("left out, claimed by another: /api/assets/new (part-3d)", "Tag (part-3d)");
    }

    private static Assessment.Context context(
            String name, List<String> packages, List<String> paths, List<String> aggregates) {
        var table = "t_" + name.toLowerCase(Locale.ROOT) + packages.get(0).length();
        return new Assessment.Context(name, 1, packages, List.of(table), aggregates, paths, 0, List.of());
    }

    @Test
    void parts_can_be_named_and_the_rest_is_shared() {
        var named = Contexts.named(writes.code(), Map.of("pictures", List.of(CORPUS + "assets")));
        assertThat(named.of(CORPUS + "assets.intake")).isEqualTo("pictures");
        assertThat(named.of(CORPUS + "products")).isEqualTo(Contexts.SHARED);
    }

    @Test
    void the_page_shows_the_matrix_and_no_text_of_the_code_as_markup() {
        var page = AssessmentPage.of(assessment, "shop <script>");
        assertThat(page)
                .contains("<th scope=\"row\">asset</th>", "shop &lt;script&gt;")
                .doesNotContain("shop <script>");
    }

    private static Assessment.Table table(String name) {
        return table(assessment, name);
    }

    private static Assessment.Table table(Assessment assessment, String name) {
        return assessment.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
