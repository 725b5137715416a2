package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Instances;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The instances in the façade's database, all by that database's clock. */
public final class JdbcInstances implements Instances {

    private final JdbcClient database;

    public JdbcInstances(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void report(String name, long acknowledged) {
        database.sql("""
                        insert into facade_instance (name, acknowledged) values (?, ?)
                        on conflict (name) do update set seen_at = clock_timestamp(), acknowledged = excluded.acknowledged
                        """).params(name, acknowledged).update();
    }

    @Override
    public List<Instance> seenWithin(Duration freshness) {
        return database.sql("""
                        select name, started_at, seen_at, acknowledged from facade_instance
                         where seen_at > clock_timestamp() - make_interval(secs => ?) order by name
                        """)
                .param(freshness.toMillis() / 1000.0)
                .query((row, number) -> new Instance(
                        row.getString("name"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                        row.getLong("acknowledged")))
                .list();
    }

    @Override
    public void leave(String name) {
        database.sql("delete from facade_instance where name = ? or seen_at < clock_timestamp() - interval '1 day'")
                .param(name)
                .update();
    }
}
