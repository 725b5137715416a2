package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that nobody thought of when the feature was described. */
@WithInfrastructure
class UnclaimedTablesIT {

    private Database database;

    @BeforeEach
    void find(Infrastructure infrastructure) {
        database = infrastructure.database();
    }

    @Test
    void a_table_with_a_key_to_the_feature_is_told_unless_somebody_claims_or_fences_it() {
        var feature = FencedFeature.open(database);
        feature.execute("create table rating_%1$s (thing int references %1$s)", feature.table);
        feature.execute("create table of_another_%1$s (thing int references %1$s)", feature.table);
        feature.execute("create table fenced_%1$s (thing int references %1$s)", feature.table);
        feature.execute("create table beside_%1$s (thing int)", feature.table);
        feature.execute("select strangler.fence_table('%s', 'fenced_%s')", feature.name, feature.table);
        var rating = "rating_" + feature.table;
        var claimed = new ArrayList<>(List.of(feature.table, "of_another_" + feature.table, "no_such_table"));
        assertThat(new UnclaimedTables(database.dataSource(), List.of(feature.table), claimed).all())
                .containsExactly(rating);
        claimed.add(rating);
        assertThat(new UnclaimedTables(database.dataSource(), List.of(feature.table), claimed).all())
                .isEmpty();
    }
}
