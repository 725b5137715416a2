package dev.strangler.outbox;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Makes an {@link Outbox} without Spring Boot; with it, the auto-configuration does. */
public final class Outboxes {

    /**
     * Largest payload by default, in UTF-8 bytes. The broker and the relay take records of 1 MiB, headers and key included.
     */
    public static final int MAX_PAYLOAD_BYTES = 1_000_000;

    private final DataSource dataSource;
    private final Origin origin;
    private final EventTopics topics;
    private final List<EventCheck> checks = new ArrayList<>();
    private CurrentTrace trace = CurrentTrace.NONE;
    private CommittedEvents committed = CommittedEvents.IGNORED;
    private int maxPayloadBytes = MAX_PAYLOAD_BYTES;

    private Outboxes(DataSource dataSource, Origin origin, EventTopics topics) {
        this.dataSource = dataSource;
        this.origin = origin;
        this.topics = topics;
    }

    /** An outbox in the schema {@code strangler} of this database, which {@link StranglerSchema} must have migrated. */
    public static Outboxes on(DataSource dataSource, Origin origin, EventTopics topics) {
        return new Outboxes(dataSource, origin, topics);
    }

    /** Adds a check that every event must pass; called in the order of adding. */
    public Outboxes checking(EventCheck check) {
        checks.add(check);
        return this;
    }

    /** Where the trace of an event comes from; nowhere unless told. */
    public Outboxes tracing(CurrentTrace trace) {
        this.trace = trace;
        return this;
    }

    /** Who is told of the events of each committed transaction; nobody unless told. */
    public Outboxes telling(CommittedEvents committed) {
        this.committed = committed;
        return this;
    }

    /** Largest payload in UTF-8 bytes; {@value #MAX_PAYLOAD_BYTES} unless told. Raise the broker's and the relay's limit first. */
    public Outboxes limitingPayloadTo(int bytes) {
        this.maxPayloadBytes = bytes;
        return this;
    }

    /** The outbox. */
    public Outbox open() {
        var payloads = new PayloadCheck(maxPayloadBytes);
        return new JdbcOutbox(dataSource, origin, topics, payloads, List.copyOf(checks), trace, committed);
    }
}
