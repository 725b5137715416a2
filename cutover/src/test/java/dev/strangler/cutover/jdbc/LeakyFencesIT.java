package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Two fences that look as good, and what the contract would find: why the guard is what it is. */
@WithInfrastructure
class LeakyFencesIT {

    @Test
    void a_guard_that_reads_the_row_lets_an_old_snapshot_write_after_the_close(Infrastructure infrastructure)
            throws SQLException {
        var feature = FencedFeature.open(infrastructure.database());
        guardBy(feature, """
                perform pg_advisory_xact_lock_shared(hashtext('strangler.fence'), hashtext('%1$s'));
                if (select state from strangler.fence where feature = '%1$s') = 'CLOSED' then raise 'closed'; end if;""");
        try (var writer = feature.connect(Connection.TRANSACTION_REPEATABLE_READ);
                var statement = writer.createStatement()) {
            statement.execute("select * from " + feature.table);
            feature.close(0);
            statement.execute(feature.insert());
            writer.commit();
        }
        assertThat(feature.rows()).as("with the row that came after the close").isEqualTo(2);
    }

    @Test
    void a_guard_without_the_lock_lets_a_writer_in_flight_commit_behind_the_marker(Infrastructure infrastructure)
            throws SQLException {
        var feature = FencedFeature.open(infrastructure.database());
        guardBy(feature, """
                if pg_sequence_last_value(strangler.fence_gate('%1$s')) %% 2 = 0 then raise 'closed'; end if;""");
        try (var writer = feature.connect(Connection.TRANSACTION_READ_COMMITTED);
                var statement = writer.createStatement()) {
            statement.execute(feature.insert());
            feature.close(0);
            assertThat(feature.rows()).isEqualTo(1);
            writer.commit();
        }
        assertThat(feature.rows()).as("with the row that came after the close").isEqualTo(2);
    }

    private static void guardBy(FencedFeature feature, String check) {
        feature.execute(
                "create or replace function strangler.\"fence_guard_%1$s\"() returns trigger language plpgsql as $$ begin "
                        + check + " return null; end $$",
                feature.name);
    }
}
