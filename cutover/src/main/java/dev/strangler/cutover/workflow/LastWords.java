package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
import dev.strangler.outbox.relay.Lsn;
import java.util.List;

/**
 * Handovers that were done before the former owner's relay had confirmed that it is past the fence. Should it begin anew before it has, it
 * repeats old events behind the new owner's, so somebody has to look again; what he finds is noted in the operation's journal.
 */
public interface LastWords {

    /** Those at which nobody has looked with success yet, oldest first. */
    List<Operation> open();

    /** Notes what became of it; it is open no more. Done again it changes nothing. */
    void settled(OperationId operation, String detail);

    /**
     * Opens it anew for a handover that is done: the former owner's relay has been made to say old events again, so the new owner has to have the last
     * word once more.
     *
     * @param behind everything that is said again lies before this position of the former owner's log
     */
    void reopen(OperationId operation, Lsn behind, String detail);

    /** The open ones of that feature. */
    default List<Operation> open(FeatureName feature) {
        return open().stream()
                .filter(operation -> operation.feature().equals(feature))
                .toList();
    }
}
