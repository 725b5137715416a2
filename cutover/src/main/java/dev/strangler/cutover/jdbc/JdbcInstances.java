package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Instances;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The instances in the façade's database, all by that database's clock. */
public final class JdbcInstances implements Instances {

    private final JdbcClient database;

    public JdbcInstances(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void report(String name, Map<FeatureName, Long> acknowledged) {
        var features = new ArrayList<String>();
        var versions = new ArrayList<String>();
        acknowledged.forEach((feature, version) -> {
            features.add(feature.value());
            versions.add(version.toString());
        });
        database.sql("""
                        insert into facade_instance (name, acknowledged) values (?, jsonb_object(?::text[], ?::text[]))
                        on conflict (name) do update set seen_at = clock_timestamp(), acknowledged = excluded.acknowledged
                        """)
                .params(name, features.toArray(String[]::new), versions.toArray(String[]::new))
                .update();
    }

    @Override
    public List<Instance> seenWithin(Duration freshness) {
        var found = new LinkedHashMap<String, Instance>();
        database.sql("""
                        select name, started_at, seen_at, known.key as feature, known.value as version
                          from facade_instance left join lateral jsonb_each_text(acknowledged) known on true
                         where seen_at > clock_timestamp() - make_interval(secs => ?) order by name
                        """)
                .param(freshness.toMillis() / 1000.0)
                .query((row, number) -> instance(row))
                .list()
                .forEach(instance -> found.merge(instance.name(), instance, JdbcInstances::joined));
        return List.copyOf(found.values());
    }

    @Override
    public void leave(String name) {
        database.sql("delete from facade_instance where name = ? or seen_at < clock_timestamp() - interval '1 day'")
                .param(name)
                .update();
    }

    private static Instance instance(ResultSet row) throws SQLException {
        var feature = row.getString("feature");
        return new Instance(
                row.getString("name"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                feature == null ? Map.of() : Map.of(new FeatureName(feature), row.getLong("version")));
    }

    private static Instance joined(Instance one, Instance other) {
        var acknowledged = new LinkedHashMap<>(one.acknowledged());
        acknowledged.putAll(other.acknowledged());
        return new Instance(one.name(), one.startedAt(), one.seenAt(), acknowledged);
    }
}
