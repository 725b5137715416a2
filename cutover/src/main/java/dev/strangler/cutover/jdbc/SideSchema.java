package dev.strangler.cutover.jdbc;

import dev.strangler.outbox.StranglerSchema;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.jdbc.core.simple.JdbcClient;

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
        flyway(owner).migrate();
    }

    /** Whether anybody has noted there which scripts were run; not so if something other than Flyway has put the schema there. */
    static boolean isNoted(DataSource owner) {
        return Boolean.TRUE.equals(JdbcClient.create(owner)
                .sql("select to_regclass(?) is not null")
                .param(StranglerSchema.NAME + "." + HISTORY)
                .query(Boolean.class)
                .single());
    }

    /**
     * The scripts of this release that were not run there yet, by their file names.
     *
     * @param owner connects as the database's owner
     */
    static List<String> pending(DataSource owner) {
        return Arrays.stream(flyway(owner).info().pending())
                .map(MigrationInfo::getScript)
                .toList();
    }

    private static Flyway flyway(DataSource owner) {
        return Flyway.configure(SideSchema.class.getClassLoader())
                .dataSource(owner)
                .schemas(StranglerSchema.NAME)
                .defaultSchema(StranglerSchema.NAME)
                .createSchemas(false)
                .table(HISTORY)
                // The schema is not empty at the first run: the outbox is in it.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations(SCRIPTS)
                .load();
    }
}
