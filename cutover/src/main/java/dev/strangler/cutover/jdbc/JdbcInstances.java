package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Instances;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
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
    public void report(String name, Map<FeatureName, Long> acknowledged, Map<FeatureName, String> holds) {
        database.sql("""
                        insert into facade_instance (name, acknowledged, holds)
                        values (?, jsonb_object(?::text[], ?::text[]), jsonb_object(?::text[], ?::text[]))
                        on conflict (name) do update set seen_at = clock_timestamp(), acknowledged = excluded.acknowledged,
                               holds = excluded.holds
                        """)
                .params(name, features(acknowledged), values(acknowledged), features(holds), values(holds))
                .update();
    }

    private static String[] features(Map<FeatureName, ?> map) {
        return map.keySet().stream().map(FeatureName::value).toArray(String[]::new);
    }

    private static String[] values(Map<FeatureName, ?> map) {
        return map.values().stream().map(Object::toString).toArray(String[]::new);
    }

    @Override
    public List<Instance> seenWithin(Duration freshness) {
        var found = new LinkedHashMap<String, Instance>();
        database.sql("""
                        select name, started_at, seen_at, known.key as feature, known.version, known.hold
                          from facade_instance left join lateral (
                               select key, v.value as version, h.value as hold
                                 from jsonb_each_text(acknowledged) v full join jsonb_each_text(holds) h using (key)) known on true
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
        var version = row.getObject("version", String.class);
        var hold = row.getString("hold");
        return new Instance(
                row.getString("name"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                version == null ? Map.of() : Map.of(new FeatureName(feature), Long.valueOf(version)),
                hold == null ? Map.of() : Map.of(new FeatureName(feature), hold));
    }

    private static Instance joined(Instance one, Instance other) {
        return new Instance(
                one.name(),
                one.startedAt(),
                one.seenAt(),
                joined(one.acknowledged(), other.acknowledged()),
                joined(one.holds(), other.holds()));
    }

    private static <T> Map<FeatureName, T> joined(Map<FeatureName, T> one, Map<FeatureName, T> other) {
        var both = new LinkedHashMap<>(one);
        both.putAll(other);
        return both;
    }
}
