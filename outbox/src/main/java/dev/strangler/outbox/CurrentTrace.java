package dev.strangler.outbox;

import java.util.Optional;

/** Where the W3C {@code traceparent} of an appended event comes from. */
@FunctionalInterface
public interface CurrentTrace {

    /** For applications without tracing. */
    CurrentTrace NONE = Optional::empty;

    /** The current trace in the W3C form {@code 00-<trace id>-<span id>-<flags>}; empty when there is none. */
    Optional<String> traceparent();
}
