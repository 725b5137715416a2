package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Memories;
import dev.strangler.cutover.Patience;
import dev.strangler.cutover.Remedy;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The owner's outbox and the copy's inbox, through the functions of the script {@code V6_1__repairs.sql}. */
public final class JdbcMemories implements Memories {

    private final FeatureDatabases databases;
    private final Duration begin;

    /** @param begin how long a process may take to begin a rebuild that was asked for; they look every second */
    public JdbcMemories(FeatureDatabases databases, Duration begin) {
        this.databases = databases;
        this.begin = begin;
    }

    @Override
    public Map<String, Remedy.LastWord> lastWords(Feature feature, Side owner, Collection<String> keys) {
        var words = new HashMap<String, Remedy.LastWord>();
        at(feature, owner)
                .sql("select key, type, version from strangler.last_words(?, ?)")
                .param(JdbcSnapshots.aggregate(feature))
                .param(keys.toArray(String[]::new))
                .query(row -> {
                    words.put(row.getString(1), new Remedy.LastWord(row.getString(2), row.getLong(3)));
                });
        return words;
    }

    @Override
    public long sayLastWords(Feature feature, Side owner, Collection<String> keys) {
        return at(feature, owner)
                .sql("select strangler.say_last_words(?, ?)")
                .param(JdbcSnapshots.aggregate(feature))
                .param(keys.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    @Override
    public Map<String, Long> applied(Feature feature, Side copy, Collection<String> keys) {
        var versions = new HashMap<String, Long>();
        at(feature, copy)
                .sql("select key, version from strangler.applied_versions(?, ?)")
                .param(JdbcSnapshots.aggregate(feature))
                .param(keys.toArray(String[]::new))
                .query(row -> {
                    versions.put(row.getString(1), row.getLong(2));
                });
        return versions;
    }

    @Override
    public List<String> rebuild(Feature feature, Side copy, Duration limit) {
        var database = at(feature, copy);
        var requests = new HashMap<String, Long>();
        database.sql("""
                        select consumer, strangler.rebuild(consumer) from strangler.inbox_consumes where aggregatetype = any (?)
                        """).param(feature.aggregates().toArray(String[]::new)).query(row -> {
            requests.put(row.getString(1), row.getLong(2));
        });
        var troubles = new ArrayList<String>();
        var end = System.nanoTime() + limit.toNanos();
        requests.forEach((consumer, request) -> end(
                        database, copy, consumer, request, Duration.ofNanos(Math.max(0, end - System.nanoTime())))
                .ifPresent(troubles::add));
        if (requests.isEmpty()) {
            troubles.add("Nothing on the %s consumes %s, so there is nothing to be built anew. Start its intake."
                    .formatted(word(copy), feature.topic()));
        }
        return troubles;
    }

    /** Why it was not rebuilt. */
    private Optional<String> end(JdbcClient database, Side copy, String consumer, long request, Duration limit) {
        var isBegun = Patience.until(() -> is(database, "started_at", request), begin);
        if (!isBegun && withdrawn(database, request)) {
            return Optional.of(
                    "Consumer '%s' of the %s can't be rebuilt from the log: no process there carries out rebuilds of it. Put its rows right by hand, as the applier."
                            .formatted(consumer, word(copy)));
        }
        if (!Patience.until(() -> is(database, "finished_at", request), limit)) {
            return Optional.of(
                    "Consumer '%s' of the %s is still being rebuilt after %d min. Compare again once strangler.inbox_rebuild says that it is done."
                            .formatted(consumer, word(copy), limit.toMinutes()));
        }
        return database.sql(
                        "select outcome || ': ' || coalesce(detail, '') from strangler.inbox_rebuild where id = ? and outcome <> 'DONE'")
                .param(request)
                .query(String.class)
                .optional()
                .map(why -> "Consumer '%s' of the %s was not rebuilt, %s".formatted(consumer, word(copy), why));
    }

    private static boolean is(JdbcClient database, String when, long request) {
        return database.sql("select %s is not null from strangler.inbox_rebuild where id = ?".formatted(when))
                .param(request)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static boolean withdrawn(JdbcClient database, long request) {
        return database.sql("select strangler.rebuild_withdraw(?)")
                .param(request)
                .query(Boolean.class)
                .single();
    }

    private static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private JdbcClient at(Feature feature, Side side) {
        return JdbcClient.create(databases.of(feature, side));
    }
}
