package dev.strangler.cutover.jdbc;

import dev.strangler.outbox.StranglerSchema;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * What moving ownership needs in each side's database: the fence first of all. It lies in the schema {@code strangler} beside the outbox, with
 * a history of its own ({@code strangler.cutover_schema_history}).
 */
public final class SideSchema {

    private static final String HISTORY = "cutover_schema_history";
    private static final String SCRIPTS = "classpath:dev/strangler/cutover/side";

    private SideSchema() {}

    /**
     * Brings the outbox's schema and this one to the version of this release; does nothing when they are there already. Must run before the
     * application's own migrations, which fence its tables. Safe to call from several processes at once.
     *
     * @param owner connects as the database's owner
     */
    public static void migrate(DataSource owner) {
        StranglerSchema.migrate(owner);
        Flyway.configure(SideSchema.class.getClassLoader())
                .dataSource(owner)
                .schemas(StranglerSchema.NAME)
                .defaultSchema(StranglerSchema.NAME)
                .createSchemas(false)
                .table(HISTORY)
                // The schema is not empty at the first run: the outbox is in it.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations(SCRIPTS)
                .load()
                .migrate();
    }
}
