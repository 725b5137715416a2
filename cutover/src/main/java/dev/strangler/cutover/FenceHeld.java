package dev.strangler.cutover;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A fence could not be closed in time, since transactions that have written under it have not ended. Nothing has changed. */
public final class FenceHeld extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<OpenTransaction> blockers;

    /** @param blockers who holds it now; may be empty if they have ended since */
    public FenceHeld(FeatureName feature, Duration patience, List<OpenTransaction> blockers, Throwable cause) {
        super(message(feature, patience, blockers), cause);
        this.blockers = List.copyOf(blockers);
    }

    /** Who held it when the time was over. */
    public List<OpenTransaction> blockers() {
        return blockers;
    }

    private static String message(FeatureName feature, Duration patience, List<OpenTransaction> blockers) {
        if (blockers.isEmpty()) {
            return "Cannot close the fence of '%s': writers had not ended after %d ms, they have by now. Try again."
                    .formatted(feature, patience.toMillis());
        }
        return "Cannot close the fence of '%s': %d transactions that have written it had not ended after %d ms: %s. Wait for them, or end them: %s; then try again."
                .formatted(
                        feature,
                        blockers.size(),
                        patience.toMillis(),
                        blockers.stream().map(OpenTransaction::toString).collect(Collectors.joining("; ")),
                        blockers.stream().map(OpenTransaction::wayOut).collect(Collectors.joining("; ")));
    }
}
