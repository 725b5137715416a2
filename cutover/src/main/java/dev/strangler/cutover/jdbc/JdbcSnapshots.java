package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.Snapshots;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Snapshots through SQL functions in the owner's database: rows go from the view into the outbox without leaving it. */
public final class JdbcSnapshots implements Snapshots {

    /** State views are in the shape of the contract's first version; a view of a later one needs a way to say so. */
    private static final int SCHEMA_VERSION = 1;

    private final FeatureDatabases databases;
    private final BiFunction<Feature, Side, String> origins;

    /** @param origins under which a side publishes */
    public JdbcSnapshots(FeatureDatabases databases, BiFunction<Feature, Side, String> origins) {
        this.databases = databases;
        this.origins = origins;
    }

    @Override
    public long count(Feature feature, Side owner) {
        // A well-formed feature's name has nothing that could end the quotes.
        return at(feature, owner)
                .sql("select count(*) from strangler.\"%s_state\"".formatted(feature.name()))
                .query(Long.class)
                .single();
    }

    /** What was written while the chunk was being said is said over it, so that the newest comes last. */
    @Override
    public Chunk append(Feature feature, Side owner, String after, int size) {
        var since = end(feature, owner);
        var chunk = appendChunk(feature, owner, after, size);
        var overtaken = chunk.appended() == 0 ? List.<String>of() : overtaken(feature, owner, since);
        if (!overtaken.isEmpty()) {
            sayOver(feature, owner, overtaken);
        }
        return chunk;
    }

    private String end(Feature feature, Side owner) {
        return at(feature, owner)
                .sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
    }

    private List<String> overtaken(Feature feature, Side owner, String since) {
        return at(feature, owner)
                .sql("select strangler.overtaken_snapshots(?, ?, ?::pg_lsn)")
                .params(feature.name().value(), aggregate(feature), since)
                .query(String.class)
                .list();
    }

    private void sayOver(Feature feature, Side owner, List<String> keys) {
        BehindTheFence.tried(
                feature.name(),
                databases.of(feature, owner),
                database -> database.sql("select strangler.say_over(?, ?, ?, ?, ?, ?)")
                        .param(feature.name().value())
                        .param(aggregate(feature))
                        .param(origins.apply(feature, owner))
                        .param(feature.topic())
                        .param(SCHEMA_VERSION)
                        .param(keys.toArray(String[]::new))
                        .query(Long.class)
                        .single());
    }

    private Chunk appendChunk(Feature feature, Side owner, String after, int size) {
        return at(feature, owner)
                .sql("select appended, last_key from strangler.append_snapshots(?, ?, ?, ?, ?, ?, ?)")
                .params(
                        feature.name().value(),
                        aggregate(feature),
                        origins.apply(feature, owner),
                        feature.topic(),
                        SCHEMA_VERSION,
                        after,
                        size)
                .query((row, number) -> new Chunk(
                        row.getLong(1), Optional.ofNullable(row.getString(2)).orElse(after)))
                .single();
    }

    @Override
    public long append(Feature feature, Side owner, Collection<String> keys) {
        return at(feature, owner)
                .sql("select strangler.append_snapshots_of(?, ?, ?, ?, ?, ?)")
                .param(feature.name().value())
                .param(aggregate(feature))
                .param(origins.apply(feature, owner))
                .param(feature.topic())
                .param(SCHEMA_VERSION)
                .param(keys.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    @Override
    public void forgetVersions(Feature feature, Side copy, Collection<String> keys) {
        at(feature, copy)
                .sql("select strangler.forget_versions(?, ?)")
                .param(aggregate(feature))
                .param(keys.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /** The one aggregate type whose rows the feature's state view has. */
    static String aggregate(Feature feature) {
        if (feature.aggregates().size() != 1) {
            throw new IllegalArgumentException(
                    "Feature %s has the aggregate types %s, but its state view does not say which row is which. Give each a feature of its own."
                            .formatted(feature.name(), feature.aggregates()));
        }
        return feature.aggregates().iterator().next();
    }

    private JdbcClient at(Feature feature, Side side) {
        return JdbcClient.create(databases.of(feature, side));
    }
}
