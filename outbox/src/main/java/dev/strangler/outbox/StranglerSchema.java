package dev.strangler.outbox;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The kit's own tables, in the schema {@code strangler} of every side's database.
 *
 * <p>They have a history table of their own ({@code strangler.schema_history}), so they neither disturb nor depend on the
 * application's migrations.
 */
public final class StranglerSchema {

    /** The schema that holds them. */
    public static final String NAME = "strangler";

    private static final String HISTORY = "schema_history";
    private static final String SCRIPTS = "classpath:dev/strangler/outbox/schema";

    private StranglerSchema() {}

    /**
     * Brings the kit's schema to the version of this release; does nothing when it is there already. Safe to call from
     * several processes at once: they queue at a lock in the database.
     *
     * @param owner connects as the database's owner, since schema, tables and publication are created with its rights
     */
    public static void migrate(DataSource owner) {
        Flyway.configure(StranglerSchema.class.getClassLoader())
                .dataSource(owner)
                .schemas(NAME)
                .defaultSchema(NAME)
                .createSchemas(true)
                .table(HISTORY)
                .locations(SCRIPTS)
                .load()
                .migrate();
    }
}
