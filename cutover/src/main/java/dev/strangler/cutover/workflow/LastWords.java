package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.OperationId;
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

    /** The open ones of that feature. */
    default List<Operation> open(FeatureName feature) {
        return open().stream()
                .filter(operation -> operation.feature().equals(feature))
                .toList();
    }
}
