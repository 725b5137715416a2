package dev.strangler.inbox;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The second schema in which a projection is built, and the rows that its consumer leaves in the kit's own tables. */
final class ShadowTables {

    private static final Logger log = LoggerFactory.getLogger(ShadowTables.class);

    private final JdbcTemplate jdbc;
    private final String consumer;
    private final String schema;

    ShadowTables(JdbcTemplate jdbc, String live) {
        this.jdbc = jdbc;
        this.consumer = live + Consumers.REBUILD;
        this.schema = "rebuild_of_"
                + shortened(live.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"))
                + "_"
                + Integer.toHexString(live.hashCode());
    }

    String schema() {
        return schema;
    }

    String consumer() {
        return consumer;
    }

    /** Removes what a rebuild left that did not come to its end. Its work is not continued: the handler may be another one by now. */
    void removeLeftOvers() {
        boolean left = Boolean.TRUE.equals(
                jdbc.queryForObject("select to_regnamespace(quote_ident(?)) is not null", Boolean.class, schema));
        if (left) {
            log.warn(
                    "Schema '{}' is left over from a rebuild that did not come to its end; it is dropped and built anew.",
                    schema);
        }
        remove();
    }

    void remove() {
        jdbc.execute("drop schema if exists " + LiveTable.quoted(schema) + " cascade");
        jdbc.queryForList("select strangler.inbox_forget(?)", consumer);
    }

    /** Creates the tables as the live ones are, with indexes, checks, defaults, and the foreign keys among them. */
    void create(LiveTables live) {
        jdbc.execute("create schema " + LiveTable.quoted(schema));
        for (var table : live.parentsFirst()) {
            jdbc.execute(
                    "create table " + table.qualifiedIn(schema) + " (like " + table.qualified() + " including all)");
        }
        var foreignKeys = live.innerForeignKeys();
        jdbc.queryForObject("select set_config('search_path', ?, true)", String.class, LiveTable.quoted(schema));
        foreignKeys.forEach(jdbc::execute);
        if (!live.writer().isEmpty()) {
            showTo(live.writer());
        }
    }

    /** Who writes the live tables must be able to read these. */
    private void showTo(String role) {
        jdbc.execute("grant usage on schema %s to %s".formatted(LiveTable.quoted(schema), LiveTable.quoted(role)));
        jdbc.execute("grant select on all tables in schema %s to %s"
                .formatted(LiveTable.quoted(schema), LiveTable.quoted(role)));
    }

    private static String shortened(String name) {
        return name.length() <= 35 ? name : name.substring(0, 35);
    }
}
