package dev.strangler.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A consumer that writes down every effect, so that a doubled, lost or reordered one is seen, and keeps a projection beside it.
 */
final class Ledger implements InboxHandler {

    private final String consumer;
    private final String topic;
    private final JdbcTemplate jdbc;

    /** What else happens to each event before it is applied; may throw. */
    volatile Consumer<ReceivedEvent> onApply = event -> {};

    volatile Consumer<ReceivedEvent> onPrepare = event -> {};

    final AtomicInteger calls = new AtomicInteger();

    Ledger(String consumer, String topic, DataSource dataSource) {
        this.consumer = consumer;
        this.topic = topic;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    static void createTables(DataSource dataSource) {
        var jdbc = new JdbcTemplate(dataSource);
        jdbc.execute(
                "create table if not exists effect (number bigint generated always as identity, consumer text, id text, version bigint)");
        jdbc.execute(
                "create table if not exists asset (id text primary key, version bigint not null, payload text not null)");
    }

    @Override
    public String consumer() {
        return consumer;
    }

    @Override
    public Set<String> topics() {
        return Set.of(topic);
    }

    @Override
    public void prepare(List<ReceivedEvent> events) {
        events.forEach(onPrepare);
    }

    @Override
    public void apply(List<ReceivedEvent> events) {
        calls.incrementAndGet();
        for (var event : events) {
            onApply.accept(event);
        }
        var rows = new ArrayList<Object[]>();
        for (var event : events) {
            rows.add(new Object[] {consumer, event.aggregateId(), event.aggregateVersion()});
        }
        jdbc.batchUpdate("insert into effect (consumer, id, version) values (?, ?, ?)", rows);
        jdbc.batchUpdate(
                "insert into asset values (?, ?, ?) on conflict (id) do update set version = excluded.version, payload = excluded.payload",
                events.stream()
                        .map(event -> new Object[] {event.aggregateId(), event.aggregateVersion(), event.payload()})
                        .toList());
    }

    /** The versions applied to one aggregate, in the order in which it happened. */
    List<Long> versionsOf(String id) {
        return jdbc.queryForList(
                "select version from effect where consumer = ? and id = ? order by number", Long.class, consumer, id);
    }

    int effects() {
        return jdbc.queryForObject("select count(*) from effect where consumer = ?", Integer.class, consumer);
    }

    int distinctEffects() {
        return jdbc.queryForObject(
                "select count(distinct (id, version)) from effect where consumer = ?", Integer.class, consumer);
    }
}
