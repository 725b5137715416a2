package dev.strangler.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** The newest applied version of each aggregate, asked and raised for whole batches. */
final class Versions {

    private final JdbcTemplate jdbc;
    private final String consumer;
    private final Set<String> consumedTypes = ConcurrentHashMap.newKeySet();

    Versions(JdbcTemplate jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /** Keeps those events that are newer than everything applied before, in their order, and raises the versions to them. */
    List<ReceivedEvent> passFresh(List<ReceivedEvent> events) {
        if (events.isEmpty()) {
            return events;
        }
        var newest = new LinkedHashMap<AggregateKey, Long>(2 * events.size());
        var repeated = new LinkedHashSet<AggregateKey>();
        for (var event : events) {
            var key = keyOf(event);
            if (newest.containsKey(key)) {
                repeated.add(key);
            }
            newest.merge(key, event.aggregateVersion(), Math::max);
        }
        // Of an aggregate with one event here, raising tells whether that is fresh; with several, it has to be asked
        // which of them are.
        var reached = repeated.isEmpty() ? new HashMap<AggregateKey, Long>() : known(repeated);
        var stale = raise(newest);
        var fresh = new ArrayList<ReceivedEvent>(events.size());
        for (var event : events) {
            var key = keyOf(event);
            if (!stale.contains(key) && event.aggregateVersion() > reached.getOrDefault(key, 0L)) {
                reached.put(key, event.aggregateVersion());
                fresh.add(event);
            }
        }
        return fresh;
    }

    private static AggregateKey keyOf(ReceivedEvent event) {
        return new AggregateKey(event.aggregateType(), event.aggregateId());
    }

    /** The versions that are stored, held until the transaction ends; those of unknown aggregates are absent. */
    private Map<AggregateKey, Long> known(Set<AggregateKey> keys) {
        var versions = new HashMap<AggregateKey, Long>(2 * keys.size());
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement("""
                            select v.aggregatetype, v.aggregateid, v.version
                              from unnest(?::text[], ?::text[]) as k (aggregatetype, aggregateid)
                              join strangler.inbox_version v
                                on v.consumer = ? and v.aggregatetype = k.aggregatetype and v.aggregateid = k.aggregateid
                               for update of v
                            """);
                    setKeys(statement, 1, keys);
                    statement.setString(3, consumer);
                    return statement;
                },
                row -> {
                    versions.put(new AggregateKey(row.getString(1), row.getString(2)), row.getLong(3));
                });
        return versions;
    }

    /** Raises the versions where they are newer than the stored ones, in one statement; returns the aggregates of which they are not. */
    private Set<AggregateKey> raise(Map<AggregateKey, Long> versions) {
        var stale = new HashSet<AggregateKey>();
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement("""
                            with k as (select * from unnest(?::text[], ?::text[], ?::bigint[]) as k (aggregatetype, aggregateid, version)),
                            raised as (
                                insert into strangler.inbox_version as v (consumer, aggregatetype, aggregateid, version)
                                select ?, k.aggregatetype, k.aggregateid, k.version from k
                                on conflict (aggregateid, aggregatetype, consumer)
                                do update set version = excluded.version where v.version < excluded.version
                                returning aggregatetype, aggregateid)
                            select k.aggregatetype, k.aggregateid from k except select aggregatetype, aggregateid from raised
                            """);
                    setKeys(statement, 1, versions.keySet());
                    statement.setArray(
                            3,
                            connection.createArrayOf("int8", versions.values().toArray(Long[]::new)));
                    statement.setString(4, consumer);
                    return statement;
                },
                row -> {
                    stale.add(new AggregateKey(row.getString(1), row.getString(2)));
                });
        return stale;
    }

    private static void setKeys(PreparedStatement statement, int first, Set<AggregateKey> keys) throws SQLException {
        var connection = statement.getConnection();
        statement.setArray(
                first,
                connection.createArrayOf(
                        "text", keys.stream().map(AggregateKey::type).toArray(String[]::new)));
        statement.setArray(
                first + 1,
                connection.createArrayOf(
                        "text", keys.stream().map(AggregateKey::id).toArray(String[]::new)));
    }

    /** Remembers which aggregate types the consumer keeps a copy of, so that {@code strangler.applied} waits for it. */
    void consumes(Collection<String> types) {
        for (var type : types) {
            if (!consumedTypes.contains(type)) {
                jdbc.update(
                        "insert into strangler.inbox_consumes (consumer, aggregatetype) values (?, ?) on conflict do nothing",
                        consumer,
                        type);
            }
        }
    }

    /** Says that what {@link #consumes} wrote is committed, so that it need not be written again. */
    void committed(Collection<String> types) {
        consumedTypes.addAll(types);
    }
}
