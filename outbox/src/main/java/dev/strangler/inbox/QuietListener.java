package dev.strangler.inbox;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a listener's failures away from the inbox: what it is told has happened, whatever it makes of it. */
final class QuietListener implements InboxListener {

    private static final Logger log = LoggerFactory.getLogger(QuietListener.class);

    private final InboxListener listener;

    QuietListener(InboxListener listener) {
        this.listener = listener;
    }

    @Override
    public void applied(String consumer, List<ReceivedEvent> events) {
        quietly(consumer, () -> listener.applied(consumer, events));
    }

    @Override
    public void dropped(String consumer, int events) {
        quietly(consumer, () -> listener.dropped(consumer, events));
    }

    @Override
    public void stale(String consumer, int events) {
        quietly(consumer, () -> listener.stale(consumer, events));
    }

    @Override
    public void parked(String consumer, String aggregateType, String aggregateId, String cause) {
        quietly(consumer, () -> listener.parked(consumer, aggregateType, aggregateId, cause));
    }

    @Override
    public void retried(String consumer, String reason) {
        quietly(consumer, () -> listener.retried(consumer, reason));
    }

    private static void quietly(String consumer, Runnable message) {
        try {
            message.run();
        } catch (RuntimeException e) {
            log.warn("A listener of consumer '{}' failed; what it was told has happened all the same.", consumer, e);
        }
    }
}
