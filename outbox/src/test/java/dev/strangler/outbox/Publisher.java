package dev.strangler.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.strangler.sandbox.Database;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A publishing application without Spring Boot: pool, transactions and outbox on one database. */
public final class Publisher implements AutoCloseable {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private final HikariDataSource pool;
    private final Outbox outbox;
    private final TransactionTemplate transactions;
    private final JdbcTemplate jdbc;

    public Publisher(Database database, Map<String, String> topics) {
        StranglerSchema.migrate(database.dataSource());
        pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(8);
        outbox = Outboxes.on(pool, new Origin("monolith"), new EventTopics(topics))
                .open();
        transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        jdbc = new JdbcTemplate(pool);
    }

    public static OutboxEvent event(String id, long version, String payload) {
        return new OutboxEvent("Asset", id, version, "AssetTagged", 1, payload, NOON);
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public Outbox outbox() {
        return outbox;
    }

    public TransactionTemplate transactions() {
        return transactions;
    }

    public void publish(String id, long version) {
        publish(event(id, version, "{\"version\":" + version + "}"));
    }

    public void publish(OutboxEvent event) {
        transactions.executeWithoutResult(status -> outbox.append(event));
    }

    @Override
    public void close() {
        pool.close();
    }
}
