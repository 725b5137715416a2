package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Place;

/**
 * Something said to other contexts.
 *
 * @param kind what the name names
 * @param name the topic that is sent to, or the aggregate type whose event is appended to the outbox, which decides the topic
 */
public record Publication(Place place, Kind kind, String name) {

    /** On which way. */
    public enum Kind {
        /** Sent to the broker by the code itself. */
        TOPIC,
        /** Appended to the outbox. */
        AGGREGATE
    }
}
