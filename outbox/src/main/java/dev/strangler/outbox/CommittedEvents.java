package dev.strangler.outbox;

import java.util.List;

/** Is told which events a transaction has published, right after its commit and on the same thread. */
@FunctionalInterface
public interface CommittedEvents {

    /** Tells nobody. */
    CommittedEvents IGNORED = events -> {};

    /**
     * The transaction's events, in the order of appending, without those that were rolled back to a savepoint. What this throws is logged and
     * changes nothing: the commit stands.
     */
    void committed(List<CommittedEvent> events);
}
