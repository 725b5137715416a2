package dev.strangler.outbox;

/**
 * Looks at every event before it is appended; for example, validates the payload against its schema in tests.
 *
 * <p>Runs in the caller's transaction, so whatever it throws stops the append, and with it the business change.
 */
@FunctionalInterface
public interface EventCheck {

    /** Lets every event pass. */
    EventCheck NONE = event -> {};

    /** @throws RuntimeException when the event must not be published, e.g. {@link AppendRefused} */
    void check(OutboxEvent event);
}
