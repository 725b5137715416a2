package dev.strangler.cutover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.sandbox.Infrastructure;
import dev.strangler.sandbox.WithInfrastructure;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a side's database tells about scripts that have failed or wait. */
@WithInfrastructure
class SchemaHistoriesIT {

    @Test
    void failed_scripts_are_named_whatever_their_history_is_called_and_the_kit_s_own_when_they_wait(
            Infrastructure infrastructure) {
        var source = infrastructure.database().dataSource();
        var database = JdbcClient.create(source);
        var histories = new SchemaHistories();
        assertThat(histories.unsettled(source)).as("without any history").isEmpty();

        SideSchema.migrate(source);
        Flyway.configure()
                .dataSource(source)
                .table("shop history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:dev/strangler/cutover/schema")
                .load()
                .migrate();
        assertThat(histories.unsettled(source)).isEmpty();

        database.sql("update \"shop history\" set success = false where version = '2'")
                .update();
        assertThat(new SchemaHistories().unsettled(source))
                .containsExactly("V2__operations.sql failed (\"shop history\")");
        database.sql("update \"shop history\" set success = true").update();

        database.sql("""
                        delete from strangler.cutover_schema_history
                         where installed_rank = (select max(installed_rank) from strangler.cutover_schema_history)
                        """).update();
        assertThat(new SchemaHistories().unsettled(source))
                .singleElement()
                .asString()
                .endsWith(".sql of the kit waits to be run");
        assertThat(histories.unsettled(source))
                .as("a side that was complete stays so")
                .isEmpty();
    }
}
