package dev.strangler.inbox;

import java.util.List;

/** Hears what an {@link Inbox} does, to measure or to tell; called on the inbox's thread, so it must be quick and must not throw. */
public interface InboxListener {

    /** Hears nothing. */
    InboxListener NONE = new InboxListener() {};

    /** Events were applied and committed. */
    default void applied(String consumer, List<ReceivedEvent> events) {}

    /** So many events were left out because they, or newer ones of the same aggregate, had been applied before. */
    default void dropped(String consumer, int events) {}

    /** So many events were left out because a former owner wrote them: later ones of the same partition have a higher epoch. */
    default void stale(String consumer, int events) {}

    /** A record could not be applied and its key is parked. */
    default void parked(String consumer, String aggregateType, String aggregateId, String cause) {}

    /** Something failed and will be tried again: {@code reason} is one of few words, such as {@code away}, {@code later}, {@code poison}. */
    default void retried(String consumer, String reason) {}
}
