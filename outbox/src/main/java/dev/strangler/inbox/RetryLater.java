package dev.strangler.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by an {@link InboxHandler} when an event is fine but something that it needs is away, such as the place that blobs are
 * copied from. The partition waits with growing pauses and tries again for as long as it takes; nothing is ever parked for it.
 */
public class RetryLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message should say what is away; it is shown to operators for as long as the partition waits. */
    public RetryLater(String message) {
        super(message);
    }

    /** As above, with the failure that told so. */
    public RetryLater(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
