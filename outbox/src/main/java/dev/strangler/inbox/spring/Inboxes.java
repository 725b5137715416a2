package dev.strangler.inbox.spring;

import dev.strangler.inbox.Inbox;
import dev.strangler.inbox.InboxStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** The inboxes of an application: started after everything else, stopped before it. */
public class Inboxes implements SmartLifecycle {

    private final List<Inbox> all;
    private volatile boolean running;

    /**
     * The given inboxes, not started yet.
     *
     * @throws IllegalArgumentException if two have the same consumer name: each would take the other's partitions for its own
     */
    public Inboxes(List<Inbox> inboxes) {
        var names = new LinkedHashSet<String>();
        for (var inbox : inboxes) {
            if (!names.add(inbox.consumer())) {
                throw new IllegalArgumentException(
                        "Two inbox handlers have the consumer name '%s', allowed is one. Give each its own."
                                .formatted(inbox.consumer()));
            }
        }
        this.all = List.copyOf(inboxes);
    }

    /** The inbox of a consumer. */
    public Optional<Inbox> find(String consumer) {
        return all.stream().filter(inbox -> inbox.consumer().equals(consumer)).findFirst();
    }

    /** What each is doing. */
    public List<InboxStatus> statuses() {
        return all.stream().map(Inbox::status).toList();
    }

    @Override
    public void start() {
        all.forEach(Inbox::start);
        running = true;
    }

    @Override
    public void stop() {
        // Side by side, so that stopping takes as long as the slowest, not as long as all of them.
        all.parallelStream().forEach(Inbox::stop);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
