package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Shadows;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The tallies in the façade's database, added up there. */
public final class JdbcShadows implements Shadows {

    private final JdbcClient database;
    private final TransactionOperations transactions;

    public JdbcShadows(JdbcClient database, TransactionOperations transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    public void add(FeatureName feature, long since, Endpoint seen) {
        transactions.executeWithoutResult(status -> {
            tally(feature, since, seen);
            // In an order that is always the same, so that two façades can't wait for one another.
            seen.fields().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> field(feature, since, seen.name(), field.getKey(), field.getValue()));
            seen.samples().forEach(sample -> sample(feature, since, seen.name(), sample));
        });
    }

    private void tally(FeatureName feature, long since, Endpoint seen) {
        var more = seen.tally();
        database.sql("""
                        insert into shadow_tally as known (feature, since, endpoint, compared, equal, late, differed, failed, dropped)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (feature, since, endpoint) do update
                           set compared = known.compared + excluded.compared, equal = known.equal + excluded.equal,
                               late = known.late + excluded.late, differed = known.differed + excluded.differed,
                               failed = known.failed + excluded.failed, dropped = known.dropped + excluded.dropped,
                               seen_at = clock_timestamp()
                        """)
                .params(
                        feature.value(),
                        since,
                        seen.name(),
                        more.compared(),
                        more.equal(),
                        more.late(),
                        more.differed(),
                        more.failed(),
                        more.dropped())
                .update();
    }

    private void field(FeatureName feature, long since, String endpoint, String field, long differed) {
        database.sql("""
                        insert into shadow_field as known (feature, since, endpoint, field, differed) values (?, ?, ?, ?, ?)
                        on conflict (feature, since, endpoint, field) do update set differed = known.differed + excluded.differed
                        """)
                .params(feature.value(), since, endpoint, field, differed)
                .update();
    }

    private void sample(FeatureName feature, long since, String endpoint, Sample sample) {
        database.sql("""
                        insert into shadow_sample (feature, since, endpoint, field, request, control, candidate, seen_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(feature.value())
                .param(since)
                .param(endpoint)
                .param(sample.field())
                .param(sample.request())
                .param(sample.control())
                .param(sample.candidate())
                .param(sample.seenAt().atOffset(ZoneOffset.UTC))
                .update();
        database.sql("""
                        delete from shadow_sample where number in (
                            select number from shadow_sample where feature = ? and since = ? and endpoint = ? and field = ?
                             order by number desc offset ?)
                        """)
                .params(feature.value(), since, endpoint, sample.field(), MOST_SAMPLES)
                .update();
    }

    @Override
    public Report newest(FeatureName feature) {
        var since = database.sql("select coalesce(max(since), 0) from shadow_tally where feature = ?")
                .param(feature.value())
                .query(Long.class)
                .single();
        var fields = new LinkedHashMap<String, Map<String, Long>>();
        database.sql("select endpoint, field, differed from shadow_field where feature = ? and since = ?")
                .params(feature.value(), since)
                .query(row -> {
                    fields.computeIfAbsent(row.getString(1), endpoint -> new LinkedHashMap<>())
                            .put(row.getString(2), row.getLong(3));
                });
        var samples = new LinkedHashMap<String, List<Sample>>();
        database.sql("select * from shadow_sample where feature = ? and since = ? order by number desc")
                .params(feature.value(), since)
                .query(row -> {
                    samples.computeIfAbsent(row.getString("endpoint"), endpoint -> new ArrayList<>())
                            .add(new Sample(
                                    row.getString("field"),
                                    row.getString("request"),
                                    row.getString("control"),
                                    row.getString("candidate"),
                                    row.getObject("seen_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        var endpoints = database.sql("select * from shadow_tally where feature = ? and since = ? order by endpoint")
                .params(feature.value(), since)
                .query((row, number) -> new Endpoint(
                        row.getString("endpoint"),
                        new Tally(
                                row.getLong("compared"),
                                row.getLong("equal"),
                                row.getLong("late"),
                                row.getLong("differed"),
                                row.getLong("failed"),
                                row.getLong("dropped")),
                        fields.getOrDefault(row.getString("endpoint"), Map.of()),
                        samples.getOrDefault(row.getString("endpoint"), List.of())))
                .list();
        return new Report(feature, since, endpoints);
    }
}
