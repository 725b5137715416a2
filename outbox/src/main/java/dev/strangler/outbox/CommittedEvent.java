package dev.strangler.outbox;

/**
 * An event whose transaction has committed, without its payload: who publishes many large ones in one transaction keeps none of them.
 *
 * @param aggregateType as appended
 * @param aggregateId as appended
 * @param aggregateVersion as appended
 */
public record CommittedEvent(String aggregateType, String aggregateId, long aggregateVersion) {

    static CommittedEvent of(OutboxEvent event) {
        return new CommittedEvent(event.aggregateType(), event.aggregateId(), event.aggregateVersion());
    }
}
