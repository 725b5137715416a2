package dev.strangler.outbox;

/**
 * The transactional outbox: what is appended here is published if, and only if, the caller's transaction commits.
 *
 * <p>Published means: arrives in Kafka at least once, in commit order per aggregate, under the same event id each time.
 * Order across aggregates is not promised.
 */
public interface Outbox {

    /**
     * Appends one event in the caller's transaction, in one round trip to the database.
     *
     * <p>The caller's transaction must be one of a Spring transaction manager (JPA or JDBC) on the outbox's own
     * DataSource, and must be able to write.
     *
     * @throws AppendRefused when there is no such transaction, when the aggregate type has no topic, or when the payload
     *     is blank, no JSON, or too large for the broker; nothing was appended then
     */
    void append(OutboxEvent event);
}
