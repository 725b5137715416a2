package dev.strangler.inbox;

/** Thrown when the projection is being rebuilt already, by whichever instance. */
public class RebuildInProgress extends RebuildRefused {

    private static final long serialVersionUID = 1L;

    RebuildInProgress(String consumer) {
        super(
                "The projection of '%s' is being rebuilt already, allowed is one rebuild at a time. Wait for it, or end the process that does it."
                        .formatted(consumer));
    }
}
