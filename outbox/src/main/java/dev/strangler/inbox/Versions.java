package dev.strangler.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /**
     * Keeps those events that are newer than everything applied before, in their order, and raises the versions to them.
     *
     * @throws PositionLost if somebody else raises the same versions at the same time
     */
    List<ReceivedEvent> passFresh(List<ReceivedEvent> events) {
        if (events.isEmpty()) {
            return events;
        }
        var newest = known(events);
        var fresh = new ArrayList<ReceivedEvent>(events.size());
        var raised = new LinkedHashMap<AggregateKey, Long>();
        for (var event : events) {
            var key = new AggregateKey(event.aggregateType(), event.aggregateId());
            if (event.aggregateVersion() > newest.getOrDefault(key, 0L)) {
                newest.put(key, event.aggregateVersion());
                raised.put(key, event.aggregateVersion());
                fresh.add(event);
            }
        }
        if (!raised.isEmpty()) {
            raise(raised);
        }
        return fresh;
    }

    private Map<AggregateKey, Long> known(List<ReceivedEvent> events) {
        var types = new String[events.size()];
        var ids = new String[events.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = events.get(i).aggregateType();
            ids[i] = events.get(i).aggregateId();
        }
        var versions = new HashMap<AggregateKey, Long>(2 * types.length);
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement("""
                            select v.aggregatetype, v.aggregateid, v.version
                              from unnest(?::text[], ?::text[]) as k (aggregatetype, aggregateid)
                              join strangler.inbox_version v
                                on v.consumer = ? and v.aggregatetype = k.aggregatetype and v.aggregateid = k.aggregateid
                            """);
                    statement.setArray(1, connection.createArrayOf("text", types));
                    statement.setArray(2, connection.createArrayOf("text", ids));
                    statement.setString(3, consumer);
                    return statement;
                },
                row -> {
                    versions.put(new AggregateKey(row.getString(1), row.getString(2)), row.getLong(3));
                });
        return versions;
    }

    private void raise(Map<AggregateKey, Long> versions) {
        var types = versions.keySet().stream().map(AggregateKey::type).toArray(String[]::new);
        var ids = versions.keySet().stream().map(AggregateKey::id).toArray(String[]::new);
        var numbers = versions.values().toArray(Long[]::new);
        int raised = jdbc.update(connection -> {
            var statement = connection.prepareStatement("""
                    insert into strangler.inbox_version as v (consumer, aggregatetype, aggregateid, version)
                    select ?, k.aggregatetype, k.aggregateid, k.version
                      from unnest(?::text[], ?::text[], ?::bigint[]) as k (aggregatetype, aggregateid, version)
                    on conflict (consumer, aggregatetype, aggregateid)
                    do update set version = excluded.version where v.version < excluded.version
                    """);
            statement.setString(1, consumer);
            statement.setArray(2, connection.createArrayOf("text", types));
            statement.setArray(3, connection.createArrayOf("text", ids));
            statement.setArray(4, connection.createArrayOf("int8", numbers));
            return statement;
        });
        if (raised != types.length) {
            // The position's lock keeps a partition to one writer; only the same aggregate in two partitions comes
            // here.
            throw new PositionLost(
                    "Consumer '%s': the versions of %d of %d aggregates were raised by somebody else meanwhile."
                            .formatted(consumer, types.length - raised, types.length));
        }
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
