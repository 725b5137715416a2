package dev.strangler.inbox.spring;

import dev.strangler.inbox.InboxListener;
import dev.strangler.inbox.ReceivedEvent;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;

/** Tells all listeners of the application; looked up late, since they may themselves ask for the inboxes. */
class InboxListeners implements InboxListener {

    private final ObjectProvider<InboxListener> listeners;

    InboxListeners(ObjectProvider<InboxListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void applied(String consumer, List<ReceivedEvent> events) {
        tell(listener -> listener.applied(consumer, events));
    }

    @Override
    public void dropped(String consumer, int events) {
        tell(listener -> listener.dropped(consumer, events));
    }

    @Override
    public void stale(String consumer, int events) {
        tell(listener -> listener.stale(consumer, events));
    }

    @Override
    public void parked(String consumer, String aggregateType, String aggregateId, String cause) {
        tell(listener -> listener.parked(consumer, aggregateType, aggregateId, cause));
    }

    @Override
    public void retried(String consumer, String reason) {
        tell(listener -> listener.retried(consumer, reason));
    }

    private void tell(Consumer<InboxListener> message) {
        listeners.orderedStream().forEach(message);
    }
}
