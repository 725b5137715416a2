package dev.strangler.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Inserts into {@code strangler.outbox} over the connection of the caller's transaction. */
class JdbcOutbox implements Outbox {

    /** No id is generated and nothing is read back, so this is the whole round trip. */
    private static final String INSERT = """
            insert into strangler.outbox (id, aggregatetype, aggregateid, type, topic, payload, origin, \
            aggregateversion, schemaversion, occurredat, traceparent) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final Origin origin;
    private final EventTopics topics;
    private final PayloadCheck payloads;
    private final List<EventCheck> checks;
    private final CurrentTrace trace;
    private final CommittedEvents committed;

    JdbcOutbox(
            DataSource dataSource,
            Origin origin,
            EventTopics topics,
            PayloadCheck payloads,
            List<EventCheck> checks,
            CurrentTrace trace,
            CommittedEvents committed) {
        this.dataSource = target(dataSource);
        this.jdbc = new JdbcTemplate(this.dataSource);
        this.origin = origin;
        this.topics = topics;
        this.payloads = payloads;
        this.checks = checks;
        this.trace = trace;
        this.committed = committed;
    }

    @Override
    public void append(OutboxEvent event) {
        requireTransaction(event);
        var topic = topics.of(event.aggregateType());
        payloads.check(event);
        for (var check : checks) {
            check.check(event);
        }
        var traceparent = trace.traceparent().orElse(null);
        jdbc.update(INSERT, (PreparedStatement row) -> {
            row.setString(1, event.idFrom(origin));
            row.setString(2, event.aggregateType());
            row.setString(3, event.aggregateId());
            row.setString(4, event.type());
            row.setString(5, topic);
            row.setString(6, event.payload());
            row.setString(7, origin.value());
            bindNumbers(row, event);
            row.setString(11, traceparent);
        });
        if (committed != CommittedEvents.IGNORED) {
            AppendedEvents.of(this, committed).add(event);
        }
    }

    private static void bindNumbers(PreparedStatement row, OutboxEvent event) throws SQLException {
        row.setLong(8, event.aggregateVersion());
        row.setInt(9, event.schemaVersion());
        row.setString(10, event.occurredAt().truncatedTo(ChronoUnit.MICROS).toString());
    }

    /** Anything else would commit the event apart from the change that it tells of, or not at all. */
    private void requireTransaction(OutboxEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw refused(
                    event,
                    "there is no transaction on this thread, so the event would be published whatever becomes of the change",
                    "Call it from a @Transactional method or a TransactionTemplate, together with the change");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw refused(
                    event,
                    "the transaction is read-only, so it cannot hold the change that the event tells of",
                    "Remove readOnly = true from the outermost @Transactional");
        }
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            throw refused(
                    event,
                    "the transaction on this thread is not one on the outbox's DataSource, so the two would commit apart",
                    "Use a JPA or JDBC transaction manager on that DataSource; where there are several, name it in @Transactional");
        }
    }

    private static AppendRefused refused(OutboxEvent event, String fact, String wayOut) {
        return new AppendRefused("Cannot append %s of %s %s: %s. %s."
                .formatted(event.type(), event.aggregateType(), event.aggregateId(), fact, wayOut));
    }

    /** Transaction managers bind the connection to the target, whatever proxy the application hands around. */
    private static DataSource target(DataSource dataSource) {
        if (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            return target(proxy.getTargetDataSource());
        }
        return dataSource;
    }
}
