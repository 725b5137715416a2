package dev.strangler.inbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.strangler.outbox.StranglerSchema;
import dev.strangler.sandbox.Database;
import dev.strangler.sandbox.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** One consumer with a topic and a database: what most tests of the inbox need. */
final class Scene implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Infrastructure infrastructure;
    final String topic;
    final HikariDataSource dataSource;
    final JdbcTemplate jdbc;
    final Ledger ledger;
    final Events events;
    final Listening listening = new Listening();

    private final List<Inbox> inboxes = new ArrayList<>();

    Scene(Infrastructure infrastructure) {
        this(infrastructure, infrastructure.database(), 2);
    }

    Scene(Infrastructure infrastructure, Database database, int partitions) {
        this.infrastructure = infrastructure;
        int number = NUMBER.incrementAndGet();
        topic = infrastructure.topic("assets" + number);
        infrastructure.createTopic(topic, partitions);
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(database.jdbcUrl());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        dataSource.setMaximumPoolSize(6);
        dataSource.setConnectionTimeout(1000);
        StranglerSchema.migrate(dataSource);
        Ledger.createTables(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        ledger = new Ledger("ledger-" + number, topic, dataSource);
        events = new Events(infrastructure.bootstrapServers(), topic);
    }

    static ConditionFactory soon() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions();
    }

    InboxSettings settings() {
        return InboxSettings.of(infrastructure.bootstrapServers())
                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(500))
                .withKafka(Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1000"));
    }

    Inbox start() {
        return start(ledger, settings());
    }

    Inbox start(InboxHandler handler, InboxSettings settings) {
        var inbox = new Inbox(
                handler,
                settings,
                dataSource,
                new DataSourceTransactionManager(dataSource),
                listening,
                InboxTracing.NONE);
        inboxes.add(inbox);
        inbox.start();
        return inbox;
    }

    long parked() {
        return count("inbox_parked");
    }

    long count(String table) {
        return jdbc.queryForObject(
                "select count(*) from strangler." + table + " where consumer = ?", Long.class, ledger.consumer());
    }

    @Override
    public void close() {
        inboxes.forEach(Inbox::close);
        jdbc.queryForList("select strangler.inbox_forget(?)", ledger.consumer());
        events.close();
        dataSource.close();
    }

    /** Counts what the inbox tells. */
    static final class Listening implements InboxListener {

        final AtomicInteger applied = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();
        final AtomicInteger stale = new AtomicInteger();
        final AtomicInteger retried = new AtomicInteger();
        final Set<String> reasons = ConcurrentHashMap.newKeySet();

        @Override
        public void applied(String consumer, List<ReceivedEvent> events) {
            applied.addAndGet(events.size());
        }

        @Override
        public void dropped(String consumer, int events) {
            dropped.addAndGet(events);
        }

        @Override
        public void stale(String consumer, int events) {
            stale.addAndGet(events);
        }

        @Override
        public void retried(String consumer, String reason) {
            retried.incrementAndGet();
            reasons.add(reason);
        }
    }
}
