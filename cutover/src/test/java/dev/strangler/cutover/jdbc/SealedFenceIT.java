package dev.strangler.cutover.jdbc;

import static dev.strangler.cutover.jdbc.FencedFeature.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FenceHasMoved;
import dev.strangler.cutover.OperationId;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A side that has given a feature up for good, and a fence that is taken down after that. */
@WithInfrastructure
class SealedFenceIT {

    private static final OperationId OPERATION = new OperationId("cutover-1");

    private Database database;

    @BeforeEach
    void find(Infrastructure infrastructure) {
        database = infrastructure.database();
    }

    @Test
    void a_sealed_side_never_opens_and_lets_nobody_through_whatever_he_was_granted() {
        var feature = FencedFeature.closed(database);
        feature.execute("grant insert on %s to public", feature.table);
        feature.execute("grant update (name) on %s to %s", feature.table, database.applier());
        assertThat(feature.fence.revocations())
                .contains("revoke insert on %s from public cascade".formatted(feature.table))
                .contains("revoke delete, insert, truncate, update on %s from %s cascade"
                        .formatted(feature.partition, database.username()))
                .contains("revoke delete, insert, update on %s from %s cascade"
                        .formatted(feature.table, database.applier()));

        assertThat(feature.fence.seal(OPERATION, PATIENCE)).isTrue();

        assertThat(feature.fence.revocations()).isEmpty();
        assertThat(feature.fence.state().isSealed()).isTrue();
        assertThat(feature.fence.state().operation()).isEqualTo(OPERATION);
        assertThat(feature.fence.open(new Epoch(Long.MAX_VALUE / 2 + 1), OPERATION))
                .as("beyond whatever was burned")
                .isFalse();
        for (var as : List.of("", "set role %s; ".formatted(database.applier()))) {
            assertThatThrownBy(() -> feature.execute(as + feature.insert())).hasMessageContaining("permission denied");
        }
        assertThat(feature.rows()).isEqualTo(1);

        feature.execute("grant all on %s to public", feature.table);
        for (var as : List.of("", "set role %s; ".formatted(database.applier()))) {
            assertThatThrownBy(() -> feature.execute(as + feature.insert())).hasMessageContaining("closed for writing");
        }
        feature.execute("select strangler.fence_feature('%s', 'MONOLITH', array['%s'])", feature.name, feature.type);
        feature.execute("select strangler.fence_table('%s', '%s')", feature.name, feature.partitioned);
        assertThat(feature.fence.revocations())
                .containsExactly(
                        "revoke delete, insert, truncate, update on %s from public cascade".formatted(feature.table));
        assertThat(feature.fence.seal(new OperationId("again"), PATIENCE)).isTrue();
        assertThat(feature.fence.revocations()).isEmpty();
        assertThat(feature.fence.state().operation()).isEqualTo(OPERATION);
        assertThat(feature.owner
                        .sql("select reason from strangler.inbox_sealed where aggregatetype = ?")
                        .param(feature.type)
                        .query(String.class)
                        .single())
                .isEqualTo("feature '%s' was sealed by %s".formatted(feature.name, OPERATION));
    }

    @Test
    void an_open_side_is_not_sealed() {
        var feature = FencedFeature.open(database);
        assertThat(feature.fence.seal(OPERATION, PATIENCE)).isFalse();
        assertThat(feature.fence.state().isSealed()).isFalse();
        feature.execute(feature.insert());
    }

    /** PostgreSQL checks a key in the name of the tables' owner, who needs UPDATE for it. */
    @Test
    void a_table_that_somebody_elses_key_refers_to_can_still_be_referred_to_after_sealing() {
        var feature = FencedFeature.closed(database);
        feature.execute("create table note_of_%s (thing int references %s)", feature.table, feature.table);
        assertThat(feature.fence.seal(OPERATION, PATIENCE)).isTrue();
        feature.execute("insert into note_of_%s values (1)", feature.table);
        assertThatThrownBy(() -> feature.execute(feature.insert())).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> feature.execute("update %s set name = 'other'", feature.table))
                .hasMessageContaining("closed for writing");
        assertThat(feature.fence.revocations()).isEmpty();
    }

    @Test
    void only_a_sealed_fence_can_be_taken_down_and_nothing_is_left_of_it_then() {
        var other = FencedFeature.open(database);
        var feature = FencedFeature.closed(database);
        var down = "select strangler.unfence_feature('%s')".formatted(feature.name);
        assertThatThrownBy(() -> feature.execute(down)).hasMessageContaining("is not sealed");
        feature.fence.seal(OPERATION, PATIENCE);

        feature.execute(down);
        feature.execute(down);

        assertThat(feature.owner
                        .sql("""
                                select relname from pg_class where relnamespace = 'strangler'::regnamespace and relname ~ ('^fence_[a-z]+_' || :name || '(_[0-9]+)?$')
                                union all select proname from pg_proc where proname = 'fence_guard_' || :name
                                union all select tgname from pg_trigger where tgrelid in (:table::regclass, :partition::regclass)
                                """)
                        .param("name", feature.name.value())
                        .param("table", feature.table)
                        .param("partition", feature.partition)
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThatThrownBy(feature.fence::state).isInstanceOf(FenceHasMoved.class);
        other.execute(other.insert());
        other.execute(other.event());
        assertThat(other.epochOfNewestEvent()).isZero();
        other.close(0);
        assertThatThrownBy(() -> other.execute(other.event())).hasMessageContaining("closed for writing");
    }
}
