package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.ClientId;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Holds.Hold;
import dev.strangler.cutover.Holds.Stage;
import dev.strangler.cutover.Instances;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.RouteChange;
import dev.strangler.cutover.RouteHasChanged;
import dev.strangler.cutover.Side;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.InfrastructureExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(InfrastructureExtension.class)
class JdbcRoutesIT {

    private static JdbcClient database;
    private static JdbcRoutes routes;

    @BeforeAll
    static void migrate(Infrastructure infrastructure) {
        var source = infrastructure.database().dataSource();
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:dev/strangler/cutover/schema")
                .load()
                .migrate();
        database = JdbcClient.create(source);
        routes = new JdbcRoutes(database, new TransactionTemplate(new JdbcTransactionManager(source)));
    }

    @Test
    void a_feature_that_nobody_changed_is_at_the_monolith() {
        var untouched = new FeatureName("untouched");
        assertThat(routes.of(untouched)).isEqualTo(Route.atMonolith(untouched));
        assertThat(routes.journal(untouched, 10)).isEmpty();
    }

    @Test
    void a_change_is_stored_with_its_journal() {
        var moved = move("journalled", 25, "ann", "first try");
        var back = move("journalled", 0, "bob", "");
        assertThat(moved.before().readsFor(anyClient())).isEqualTo(Side.MONOLITH);
        assertThat(routes.of(new FeatureName("journalled"))).isEqualTo(back.after());
        assertThat(routes.all()).contains(back.after());
        assertThat(routes.journal(new FeatureName("journalled"), 10)).containsExactly(back, moved);
        assertThat(routes.journal(new FeatureName("journalled"), 1)).containsExactly(back);
        assertThat(moved.who()).isEqualTo("ann");
        assertThat(moved.why()).isEqualTo("first try");
        assertThat(moved.when()).isBeforeOrEqualTo(back.when());
    }

    @Test
    void a_shadowing_is_stored_and_journalled_like_any_change() {
        var before = routes.of(new FeatureName("shadowed"));
        var change = routes.replace(before, before.reading(Reads.shadowing(new Percentage(10))), "ann", "");
        assertThat(routes.of(new FeatureName("shadowed"))).isEqualTo(change.after());
        var ended = routes.replace(change.after(), change.after().readingAtService(new Percentage(50)), "ann", "");
        assertThat(routes.of(new FeatureName("shadowed")).reads()).isEqualTo(new Reads.Canary(new Percentage(50)));
        assertThat(routes.journal(new FeatureName("shadowed"), 10)).containsExactly(ended, change);
    }

    @Test
    void the_second_of_two_operators_is_told_who_was_first() {
        var feature = new FeatureName("contested");
        var seenByBoth = routes.of(feature);
        routes.replace(seenByBoth, seenByBoth.readingAtService(new Percentage(10)), "ann", "");
        assertThatThrownBy(() -> routes.replace(seenByBoth, seenByBoth.readingAtService(new Percentage(90)), "bob", ""))
                .isInstanceOf(RouteHasChanged.class)
                .hasMessageContaining("version 2 now, by ann at ")
                .hasMessageContaining("started from version 1");
        assertThat(routes.of(feature).reads().serviceShare().value()).isEqualTo(10);
        assertThat(routes.journal(feature, 10)).hasSize(1);
    }

    @Test
    void of_many_operators_at_once_exactly_one_wins() throws Exception {
        var feature = new FeatureName("crowded");
        var seenByAll = routes.of(feature);
        var operators = Executors.newFixedThreadPool(8);
        try {
            var attempts = IntStream.range(1, 9)
                    .mapToObj(share -> (Callable<Boolean>) () -> {
                        try {
                            routes.replace(
                                    seenByAll, seenByAll.readingAtService(new Percentage(share)), "op" + share, "");
                            return true;
                        } catch (RouteHasChanged late) {
                            return false;
                        }
                    })
                    .toList();
            var winners = 0;
            for (var attempt : operators.invokeAll(attempts, 30, TimeUnit.SECONDS)) {
                winners += attempt.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            operators.shutdownNow();
        }
        assertThat(routes.journal(feature, 10)).hasSize(1);
    }

    @Test
    void the_journal_can_not_be_rewritten() {
        move("rewritten", 50, "ann", "");
        for (var sql :
                new String[] {"update route_change set who = 'eve'", "delete from route_change", "truncate route_change"
                }) {
            assertThatThrownBy(() -> database.sql(sql).update()).hasMessageContaining("only grows");
        }
    }

    @Test
    void instances_that_fell_silent_are_not_waited_for() {
        var instances = new JdbcInstances(database);
        var moved = new FeatureName("moved");
        var other = new FeatureName("other");
        var hold = new Hold(moved, new OperationId("op-1"), Stage.HELD);
        instances.report("alive", Map.of(moved, 1L), Map.of());
        instances.report("alive", Map.of(moved, 7L, other, 2L), Map.of(moved, hold.acknowledgement()));
        instances.report("fresh", Map.of(), Map.of(other, "op-1 HELD"));
        instances.report("silent", Map.of(moved, 3L), Map.of());
        database.sql("update facade_instance set seen_at = seen_at - interval '1 minute' where name = 'silent'")
                .update();
        var seen = instances.seenWithin(Duration.ofSeconds(3));
        assertThat(seen).extracting(Instances.Instance::name).containsExactly("alive", "fresh");
        assertThat(seen.get(0).acknowledged()).isEqualTo(Map.of(moved, 7L, other, 2L));
        assertThat(seen.get(0).hasAcknowledged(moved, 7)).isTrue();
        assertThat(seen.get(0).hasAcknowledged(moved, 8)).isFalse();
        assertThat(seen.get(1).hasAcknowledged(moved, 1)).isTrue();
        assertThat(seen.get(1).hasAcknowledged(moved, 2)).isFalse();
        assertThat(seen.get(0).obeys(hold)).isTrue();
        assertThat(seen.get(0).obeys(new Hold(moved, hold.operation(), Stage.ARMED)))
                .isFalse();
        assertThat(seen.get(1).obeys(hold)).isFalse();
        instances.leave("alive");
        instances.leave("fresh");
        assertThat(instances.seenWithin(Duration.ofSeconds(3))).isEmpty();
    }

    @Test
    void a_hold_is_of_one_operation_and_expires_unless_it_is_renewed() {
        var holds = new JdbcHolds(database);
        var feature = new FeatureName("held");
        var mine = new Hold(feature, new OperationId("mine"), Stage.ARMED);
        var other = new Hold(feature, new OperationId("other"), Stage.HELD);
        assertThat(holds.place(mine, Duration.ofMinutes(1))).isTrue();
        assertThat(holds.place(other, Duration.ofMinutes(1))).isFalse();
        var held = new Hold(feature, mine.operation(), Stage.HELD);
        assertThat(holds.place(held, Duration.ofMinutes(1))).isTrue();
        holds.remove(feature, other.operation());
        assertThat(holds.inForce()).containsExactly(held);
        assertThat(holds.place(held, Duration.ZERO)).isTrue();
        assertThat(holds.inForce()).isEmpty();
        assertThat(holds.place(other, Duration.ofMinutes(1))).isTrue();
        holds.remove(feature, other.operation());
        assertThat(holds.inForce()).isEmpty();
    }

    @Test
    void a_phase_is_left_only_by_whoever_knows_it() {
        var phases = new JdbcPhases(database);
        var feature = new FeatureName("phased");
        assertThat(phases.of(feature)).isEqualTo(Phase.MONOLITH);
        phases.advance(feature, Phase.MONOLITH, Phase.PREPARED, "ann");
        assertThatThrownBy(() -> phases.advance(feature, Phase.MONOLITH, Phase.PREPARED, "bob"))
                .isInstanceOf(Phases.PhaseHasChanged.class)
                .hasMessageContaining("PREPARED by now");
        phases.advance(feature, Phase.PREPARED, Phase.CUTTING_FORWARD, "ann");
        assertThat(phases.of(feature).isMoving()).isTrue();
    }

    private static RouteChange move(String feature, int share, String who, String why) {
        var before = routes.of(new FeatureName(feature));
        return routes.replace(before, before.readingAtService(new Percentage(share)), who, why);
    }

    private static ClientId anyClient() {
        return new ClientId("any");
    }
}
