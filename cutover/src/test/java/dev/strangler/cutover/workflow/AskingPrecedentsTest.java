package dev.strangler.cutover.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Backfill.State;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.RefusedWrites;
import dev.strangler.cutover.RefusedWrites.Refused;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Shadows.Endpoint;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Gate.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan says about what has become of the feature so far. */
class AskingPrecedentsTest {

    private final World world = new World();
    private Limits limits = Limits.STANDARD;

    @ParameterizedTest
    @EnumSource
    void a_backfill_that_is_open_refuses_and_one_that_is_over_does_not(State state) {
        world.precedents.backfill = new Backfill(
                1,
                World.FEATURE,
                Side.MONOLITH,
                "ann",
                state,
                "",
                1_200,
                5_000,
                world.clock.instant(),
                world.clock.instant(),
                null,
                null,
                null);
        var gate = gate("backfill");
        assertThat(gate.verdict()).isEqualTo(state.isOpen() ? Verdict.REFUSED : Verdict.PASSED);
        assertThat(gate.value()).endsWith("1,200 of 5,000 rows said");
        assertThat(gate.wayOut().isEmpty()).isEqualTo(!state.isOpen());
    }

    @Test
    void a_feature_that_was_never_shadowed_passes_and_says_so() {
        assertThat(gate("shadow").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(gate("shadow").value()).isEqualTo("not shadowed");
    }

    @Test
    void reads_that_were_answered_differently_refuse_and_are_named() {
        world.precedents.shadowed = new Shadows.Report(
                World.FEATURE,
                4,
                List.of(
                        new Endpoint("GET /api/assets", new Tally(900, 900, 0, 0, 0, 0), Map.of(), List.of()),
                        new Endpoint(
                                "GET /api/assets/{id}",
                                new Tally(100, 97, 0, 3, 0, 0),
                                Map.of("tags[]", 3L),
                                List.of())));
        var gate = gate("shadow");
        assertThat(gate.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(gate.sentence())
                .startsWith("shadow: 3 of 1,000 differed: GET /api/assets/{id} in tags[], required no compared read");
        assertThat(gate("shadow", Direction.FORWARD, "shadow").verdict()).isEqualTo(Verdict.WAIVED);
    }

    @Test
    void a_write_that_the_next_owner_has_refused_lately_refuses_and_names_who_wrote() {
        refusedAgo(Duration.ofMinutes(20));
        var gate = gate("refused-writes");
        assertThat(gate.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(gate.value())
                .isEqualTo("the last 20 min ago by role batch, application 'nightly': update asset set x = 1");
        assertThat(gate.wayOut()).contains("find and end it");
        refusedAgo(Duration.ofMinutes(61));
        assertThat(gate("refused-writes").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_write_that_the_last_handover_met_under_way_does_not_count() {
        refusedAgo(Duration.ofMinutes(20));
        world.precedents.lastHandover = world.clock.instant().minus(Duration.ofMinutes(20));
        assertThat(gate("refused-writes").verdict()).isEqualTo(Verdict.PASSED);
        world.precedents.lastHandover = world.clock.instant().minus(Duration.ofMinutes(21));
        assertThat(gate("refused-writes").verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void scripts_that_have_failed_on_either_side_forbid_it_and_nobody_may_waive_that() {
        for (var side : Side.values()) {
            var name = "scripts-of-" + Fences.word(side);
            assertThat(gate(name).verdict()).isEqualTo(Verdict.PASSED);
            world.precedents.scripts.put(side, List.of("V7__more.sql failed (flyway_schema_history)"));
            assertThat(gate(name, Direction.FORWARD, name).verdict()).isEqualTo(Verdict.FORBIDDEN);
            assertThat(gate(name).value()).contains("V7__more.sql");
        }
    }

    @Test
    void a_key_to_another_feature_that_came_after_preparing_forbids_it() {
        world.precedents.crossingKeys = List.of("Foreign key k of asset to product");
        assertThat(gate("crossing-keys").verdict()).isEqualTo(Verdict.FORBIDDEN);
        assertThat(gate("crossing-keys").wayOut()).startsWith("Run prepare");
    }

    @Test
    void a_missing_rehearsal_is_pointed_out_and_refuses_only_where_that_is_wanted() {
        assertThat(gate("rehearsal").verdict()).isEqualTo(Verdict.ADVISED);
        assertThat(gate("rehearsal").isOpen()).isTrue();
        assertThat(gate("rehearsal").wayOut()).isEqualTo("Run rehearse.");
        limits = requiring(new Precedents.Policy(Duration.ofHours(1), Duration.ofDays(30), true));
        assertThat(gate("rehearsal").verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(gate("rehearsal", Direction.FORWARD, "rehearsal").verdict()).isEqualTo(Verdict.WAIVED);
    }

    @Test
    void a_rehearsal_counts_if_it_is_clean_and_young_and_of_this_very_feature() {
        var digest = world.participants().feature().digest();
        assertThat(rehearsed(digest, true, 2)).isEqualTo(Verdict.PASSED);
        assertThat(rehearsed(digest, false, 2)).isEqualTo(Verdict.ADVISED);
        assertThat(rehearsed(digest, true, 31)).isEqualTo(Verdict.ADVISED);
        assertThat(rehearsed(digestOfAnotherMap(), true, 2)).isEqualTo(Verdict.ADVISED);
        assertThat(gate("rehearsal").value())
                .isEqualTo("clean, of another map, 2 d ago, 26 handovers, 20 with a part killed");
    }

    @Test
    void the_columns_are_named_whose_id_generators_were_looked_at() {
        world.generatedColumns = List.of("asset_tag.id", "asset.id");
        assertThat(gate("id-generators").value()).isEqualTo("all have it: asset.id, asset_tag.id");
        world.loneGenerators = List.of("asset_tag.id");
        assertThat(gate("id-generators").value())
                .isEqualTo(
                        "all have it: asset.id, asset_tag.id; the other side has none of that name for asset_tag.id");
        world.generatedColumns = List.of();
        assertThat(gate("id-generators").value()).isEqualTo("no column has one that the database knows of");
    }

    @Test
    void id_generators_without_room_forbid_it() {
        world.fullGenerators = List.of("asset_id_seq has 12 left");
        assertThat(gate("id-generators").verdict()).isEqualTo(Verdict.FORBIDDEN);
        assertThat(gate("id-generators").value()).isEqualTo("asset_id_seq has 12 left");
    }

    @Test
    void the_way_back_is_asked_for_less() {
        world.cutover(world.operation(Direction.FORWARD)).run();
        world.precedents.crossingKeys = List.of("Foreign key k of asset to product");
        assertThat(plan(Direction.BACK).gates())
                .extracting(Gate::name)
                .contains("backfill", "refused-writes", "scripts-of-monolith")
                .doesNotContain("crossing-keys", "shadow", "rehearsal");
    }

    private Verdict rehearsed(String map, boolean isClean, int daysAgo) {
        world.precedents.rehearsal = new Rehearsal(
                World.FEATURE,
                map,
                world.clock.instant().minus(Duration.ofDays(daysAgo)),
                26,
                20,
                isClean ? 0 : 3,
                isClean,
                "ann");
        return gate("rehearsal").verdict();
    }

    private String digestOfAnotherMap() {
        var feature = world.participants().feature();
        return new Feature(
                        feature.name(),
                        feature.service(),
                        feature.paths(),
                        feature.aggregates(),
                        feature.topic(),
                        Map.of(Side.MONOLITH, java.util.Set.of("asset", "asset_rendition")),
                        Map.of())
                .digest();
    }

    private void refusedAgo(Duration age) {
        world.service.refusals = new RefusedWrites(
                7, new Refused(world.clock.instant().minus(age), "batch", "nightly", "update asset set x = 1"));
    }

    private Gate gate(String name) {
        return gate(name, Direction.FORWARD);
    }

    private Gate gate(String name, Direction direction, String... waived) {
        return plan(direction, waived).gates().stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no gate " + name));
    }

    private Plan plan(Direction direction, String... waived) {
        var base = world.operation(direction);
        var operation = new Operation(
                base.id(),
                base.feature(),
                direction,
                base.from(),
                base.to(),
                "ann",
                "",
                List.of(waived),
                base.startedAt());
        return Cutover.plan(operation, world.participants(), limits, world.clock);
    }

    private static Limits requiring(Precedents.Policy policy) {
        var standard = Limits.STANDARD;
        var before = standard.before();
        return new Limits(
                standard.instances(),
                standard.lock(),
                standard.gap(),
                standard.afterwards(),
                new Limits.Before(
                        before.oldTransaction(), before.lagRecords(), before.roundTrip(), before.proofAge(), policy));
    }
}
