package dev.strangler.outbox;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The events of the current transaction; told to {@link CommittedEvents} if it commits, forgotten otherwise. */
class AppendedEvents implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(AppendedEvents.class);

    private final Object outbox;
    private final CommittedEvents committed;
    private final List<CommittedEvent> events = new ArrayList<>();
    private final IdentityHashMap<Object, Integer> savepoints = new IdentityHashMap<>();

    private AppendedEvents(Object outbox, CommittedEvents committed) {
        this.outbox = outbox;
        this.committed = committed;
    }

    /** Those of this outbox in the current transaction; registered with it at the first call. */
    static AppendedEvents of(Object outbox, CommittedEvents committed) {
        if (TransactionSynchronizationManager.getResource(outbox) instanceof AppendedEvents present) {
            return present;
        }
        var events = new AppendedEvents(outbox, committed);
        TransactionSynchronizationManager.bindResource(outbox, events);
        TransactionSynchronizationManager.registerSynchronization(events);
        return events;
    }

    void add(OutboxEvent event) {
        events.add(CommittedEvent.of(event));
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, events.size());
    }

    /** A savepoint that nobody told of is older than the first event. */
    @Override
    public void savepointRollback(Object savepoint) {
        events.subList(savepoints.getOrDefault(savepoint, 0), events.size()).clear();
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(outbox);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(outbox, this);
    }

    @Override
    public void afterCommit() {
        if (events.isEmpty()) {
            return;
        }
        try {
            committed.committed(List.copyOf(events));
        } catch (RuntimeException e) {
            log.warn("Telling of {} committed events failed; they are published all the same", events.size(), e);
        }
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(outbox);
    }
}
