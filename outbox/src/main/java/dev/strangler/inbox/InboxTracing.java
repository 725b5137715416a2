package dev.strangler.inbox;

import java.util.List;

/** Wraps the application of events in whatever follows requests across processes. */
@FunctionalInterface
public interface InboxTracing {

    /** Follows nothing. */
    InboxTracing NONE = (consumer, events, work) -> work.run();

    /** Runs the work, which applies these events, exactly once, and lets its exceptions through. */
    void follow(String consumer, List<ReceivedEvent> events, Runnable work);
}
