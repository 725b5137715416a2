package dev.strangler.benchmarks;

import dev.strangler.inbox.InboxHandler;
import dev.strangler.inbox.ReceivedEvent;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a service does at least: it keeps a copy of every aggregate's newest state. */
final class CopyingOrders implements InboxHandler {

    private static final String UPSERT = """
            insert into order_copy (id, version, body) values (?, ?, ?)
            on conflict (id) do update set version = excluded.version, body = excluded.body
            """;

    private final JdbcTemplate jdbc;

    CopyingOrders(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.execute(
                "create table if not exists order_copy (id text primary key, version bigint not null, body text not null)");
    }

    @Override
    public String consumer() {
        return "order-copy";
    }

    @Override
    public Set<String> topics() {
        return Set.of(Workbench.TOPIC);
    }

    @Override
    public void apply(List<ReceivedEvent> events) {
        jdbc.batchUpdate(
                UPSERT,
                events.stream()
                        .map(event -> new Object[] {event.aggregateId(), event.aggregateVersion(), event.payload()})
                        .toList());
    }
}
