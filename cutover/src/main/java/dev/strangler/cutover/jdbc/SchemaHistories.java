package dev.strangler.cutover.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What Flyway has noted in a side's database. Which of the application's own scripts still wait to be run stands in its code and not in
 * its database, so of those nothing is said here: its process has to be asked. Which of the kit's do is known.
 */
public final class SchemaHistories {

    /** By their shape: an application may call its history as it likes, and have several. */
    private static final String HISTORIES = """
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
               and 4 = (select count(*) from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
                           and a.attname in ('installed_rank', 'script', 'checksum', 'success'))
             order by 1
            """;

    /** A script once run stays run, so that a side is asked for the kit's until it has them all, and not again. */
    private final Set<DataSource> complete = ConcurrentHashMap.newKeySet();

    /**
     * Scripts that have failed and were not put right, by any history there; and those of the kit's, as of this release, that are not
     * there yet, if Flyway keeps the kit's history there.
     *
     * @param owner connects as the database's owner
     */
    public List<String> unsettled(DataSource owner) {
        var unsettled = new ArrayList<String>();
        var database = JdbcClient.create(owner);
        for (var history : database.sql(HISTORIES).query(String.class).list()) {
            database.sql("select script from %s where not success order by installed_rank".formatted(history))
                    .query(String.class)
                    .list()
                    .forEach(script -> unsettled.add("%s failed (%s)".formatted(script, history)));
        }
        if (!complete.contains(owner) && SideSchema.isNoted(owner)) {
            var pending = SideSchema.pending(owner);
            pending.forEach(script -> unsettled.add(script + " of the kit waits to be run"));
            if (pending.isEmpty()) {
                complete.add(owner);
            }
        }
        return unsettled;
    }
}
