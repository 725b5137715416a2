package dev.strangler.architecture.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each law bites what it forbids and spares what it allows: in the corpus everything of products is bad on purpose, everything of assets is good. */
class WriteLawsTest {

    private static final String CORPUS = "dev.strangler.architecture.fixtures.corpus";

    @TempDir
    static Path directory;

    private static FeatureMap map;
    private static Writes writes;
    private static Judgement judgement;

    @BeforeAll
    static void judge() throws IOException {
        map = Judged.map(directory);
        writes = Writes.of(CodeBase.ofPackages(CORPUS + ".assets", CORPUS + ".products"));
        judgement = WriteLaws.forMonolith(map).judge(writes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            W1 | Objects.savingByReference SAVE asset                    | products writes table asset (owner: assets, WITH_MONOLITH) in Objects.savingByReference
            W1 | Objects.savingThroughAGenericBase SAVE licence          | LicenceRows.save
            W2 | Objects.throughAFunnel SAVE asset                       | call a command of assets
            W3 | Objects.fromAnUntypedList ENTITY_MANAGER                | Store each class by a method of its own
            W4 | Changes.byAVerb UPDATE asset                            | without any save()
            W4 | Product.hideCover UPDATE asset                          | through Asset.trash
            W5 | Product.images SAVE asset                               | Keep the id only
            W6 | Product.previews UPDATE rendition                       | keeps its key there
            W7 | SqlTexts.concatenated UPDATE asset                      | in SqlTexts.concatenated, by SQL
            W8 | SqlTexts.tableFromARow SQL                              | Use constants for verb and table
            W9 | Objects.bulkDelete DELETE asset_tag                     | passes every listener
            W14 | Announcing.foreignEvent Asset                          | appends events of Asset (owner: assets)
            W15 | Announcing.concatenated assets.v1                      | sends to topic assets.v1
            W16 | Together.overTwo                                       | writes asset of assets and product of products
            W12 | SqlTexts.playingTheReplica BYPASS session_replication_role | puts what guards tables out of force
            """)
    void a_breach_is_found_and_told_with_its_way_out(Law law, String place, String told) {
        assertThat(judgement.of(law))
                .filteredOn(finding -> finding.key().startsWith(law + " " + CORPUS + ".products." + place))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.feature()).isEqualTo("products"))
                .allSatisfy(finding ->
                        assertThat(finding.message()).contains(told, "exceptions/products.txt", finding.line()));
    }

    @Test
    void the_owner_may_write_its_own_tables_on_every_way() {
        assertThat(judgement.findings()).noneMatch(finding -> finding.key().contains(CORPUS + ".assets."));
        assertThat(judgement.of(Law.W6)).noneMatch(finding -> finding.key().contains("product_image"));
    }

    @Test
    void own_topics_own_events_and_transactions_over_one_feature_are_lawful() {
        assertThat(judgement.of(Law.W14)).hasSize(1);
        assertThat(judgement.of(Law.W15)).hasSize(2);
        assertThat(judgement.of(Law.W16)).hasSize(1);
    }

    @Test
    void a_table_that_the_map_does_not_know_is_a_breach() {
        assertThat(judgement.of(Law.W0)).singleElement().satisfies(finding -> {
            assertThat(finding.key()).matches("W0 paidlicence ~[0-9a-f]{8} #1");
            assertThat(finding.message()).contains("is in no feature of the map");
        });
    }

    @Test
    void a_second_feature_that_writes_an_unknown_table_is_a_new_breach() {
        var one = scripts("assets/V1__work.sql", "create table work (id text);").of(Law.W0);
        var more = scripts("assets/V1__work.sql", "create table work (id text); insert into work values ('x');");
        var other =
                scripts("products/V1__work.sql", "create table work (id text);").of(Law.W0);
        assertThat(more.of(Law.W0)).extracting(Finding::key).isEqualTo(keys(one));
        assertThat(keys(other)).isNotEqualTo(keys(one));
        assertThat(other.get(0).message()).contains("of products");
    }

    private static List<String> keys(List<Finding> findings) {
        return findings.stream().map(Finding::key).toList();
    }

    @Test
    void whoever_maps_a_foreign_table_breaks_the_law_before_writing_it() {
        var fixtures = Writes.of(CodeBase.ofPackages("dev.strangler.architecture.fixtures.writers"));
        assertThat(WriteLaws.forMonolith(map).judge(fixtures).of(Law.W0))
                .anyMatch(finding -> finding.key().contains("shop.products.ProductPhoto maps asset"));
    }

    @Test
    void after_the_move_only_the_intake_writes_and_after_sealing_nobody() {
        var moved =
                WriteLaws.forMonolith(map).where("assets", State.WITH_SERVICE).judge(writes);
        assertThat(judgement.of(Law.W17)).isEmpty();
        assertThat(moved.of(Law.W17))
                .isNotEmpty()
                .allMatch(finding -> finding.feature().equals("assets"));
        assertThat(moved.of(Law.W17)).noneMatch(finding -> finding.key().contains(".intake."));
        var sealed = WriteLaws.forMonolith(map).where("assets", State.SEALED).judge(writes);
        assertThat(sealed.of(Law.W17)).anyMatch(finding -> finding.key().contains(".intake."));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WriteLaws.forMonolith(map).where("orders", State.SEALED))
                .withMessageContaining("no feature 'orders'");
    }

    @Test
    void a_script_that_changes_two_features_is_a_breach() {
        var scripts = scripts("V1__both.sql", "update product set name = ''; delete from asset;");
        assertThat(scripts.of(Law.W10))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("V1__both.sql changes tables of assets and products"));
        var more = scripts("V1__both.sql", "update product set name = ''; delete from asset; delete from asset_tag;");
        assertThat(keys(more.of(Law.W10))).isNotEqualTo(keys(scripts.of(Law.W10)));
        assertThat(scripts("V1__one.sql", "update asset set x = 1; delete from asset_tag;")
                        .findings())
                .isEmpty();
    }

    @Test
    void a_script_in_the_directory_of_one_feature_that_changes_another_is_a_breach() {
        assertThat(scripts("products/V1__tags.sql", "delete from asset_tag;").of(Law.W10))
                .hasSize(1);
        assertThat(scripts("assets/V1__tags.sql", "delete from asset_tag;").findings())
                .isEmpty();
    }

    @Test
    void a_foreign_key_that_writes_across_features_is_a_breach() {
        var cascade = "create table product_image (asset_id text references asset (id) on delete cascade);";
        assertThat(scripts("V1__image.sql", cascade).of(Law.W11))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("alter table product_image drop constraint", "fenced child"));
        assertThat(scripts("V1__image.sql", "create table product_image (asset_id text references asset (id));")
                        .findings())
                .isEmpty();
        assertThat(scripts("V1__tag.sql", "create table asset_tag (asset_id text references asset on delete cascade);")
                        .findings())
                .isEmpty();
    }

    @Test
    void the_tables_of_the_kit_are_written_by_the_kit() {
        assertThat(scripts("V1__kit.sql", "delete from strangler.outbox;").of(Law.W12))
                .hasSize(1);
        assertThat(scripts("V1__kit.sql", "select strangler.fence_table('assets', 'asset');")
                        .findings())
                .isEmpty();
    }

    @Test
    void a_table_that_scripts_make_and_take_away_is_none() {
        assertThat(scripts("V1__gone.sql", "create table work (id text); drop table work;")
                        .findings())
                .isEmpty();
        assertThat(scripts("V1__stays.sql", "create table work (id text);").of(Law.W0))
                .hasSize(1);
    }

    @Test
    void a_session_that_outlives_its_transaction_is_a_breach() {
        assertThat(scripts("application.yml", "spring.jpa.open-in-view: false").of(Law.W18))
                .isEmpty();
        var boots = List.of(CORPUS + ".assets.Asset", CORPUS + ".assets.Labelled", CORPUS + ".booting.Booting");
        assertThat(judged(boots, "application.yml", "spring:\n  jpa:\n    open-in-view: true")
                        .of(Law.W18))
                .hasSize(1);
        assertThat(judged(boots, "application.yml", "spring:\n  jpa:\n    open-in-view: false")
                        .of(Law.W18))
                .isEmpty();
    }

    @Test
    void a_detector_below_its_floor_is_a_breach() {
        assertThat(WriteLaws.forMonolith(map)
                        .atLeast(1, Channel.REPOSITORY)
                        .judge(writes)
                        .of(Law.W20))
                .isEmpty();
        assertThat(WriteLaws.forMonolith(map)
                        .atLeast(10_000, Channel.REPOSITORY)
                        .judge(writes)
                        .of(Law.W20))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("at least 10000 were expected"));
    }

    @Test
    void no_class_at_all_is_refused_instead_of_passing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeBase.ofPackages("com.example.nothing"))
                .withMessageContaining("every law would pass");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeBase.read(directory.resolve("nowhere")))
                .withMessageContaining("nothing at");
    }

    @Test
    void swapping_one_write_for_another_is_a_new_finding_and_moving_it_is_none() {
        var key = judgement.of(Law.W7).get(0).key();
        assertThat(key).matches("W7 \\S+ [A-Z]+ \\S+ ~[0-9a-f]{8} #1");
        assertThat(judgement.findings().stream().map(Finding::key)).doesNotHaveDuplicates();
    }

    @Test
    void breaches_fail_with_all_of_them_until_each_is_excused() throws IOException {
        assertThatThrownBy(judgement::check).isInstanceOf(AssertionError.class).hasMessageContaining("breaches");
        var exceptions = Files.createDirectories(directory.resolve("exceptions"));
        for (var feature : List.of("products", "unassigned")) {
            Files.write(
                    exceptions.resolve(feature + ".txt"),
                    judgement.findings().stream()
                            .filter(finding -> finding.feature().equals(feature))
                            .map(finding -> finding.key() + " | ann | 2999-12-31 | bad on purpose")
                            .sorted()
                            .toList());
        }
        var excused = judgement.excusing(
                Exceptions.in(exceptions, Clock.systemUTC()),
                judgement.findings().size());
        assertThatCode(excused::check).doesNotThrowAnyException();
        assertThat(excused.excused()).isEqualTo(judgement.findings().size());
    }

    private static Judgement scripts(String name, String text) {
        return judged(List.of(CORPUS + ".assets.Labelled"), "db/migration/" + name, text);
    }

    /** A code base of some classes of the corpus and one resource. */
    private static Judgement judged(List<String> classes, String resource, String text) {
        try {
            var place = Files.createTempDirectory(directory, "code");
            var files = new ArrayList<>(classes);
            for (var name : files) {
                var path = name.replace('.', '/') + ".class";
                var target = place.resolve(path);
                Files.createDirectories(target.getParent());
                try (var file = WriteLawsTest.class.getClassLoader().getResourceAsStream(path)) {
                    Files.write(target, java.util.Objects.requireNonNull(file).readAllBytes());
                }
            }
            var target = place.resolve(resource);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return WriteLaws.forMonolith(map).judge(Writes.of(CodeBase.read(place)));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
