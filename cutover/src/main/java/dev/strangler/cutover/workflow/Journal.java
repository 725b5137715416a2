package dev.strangler.cutover.workflow;

import dev.strangler.cutover.OperationId;
import java.util.List;
import java.util.Optional;

/** What was done in the name of an operation; it only grows. */
public interface Journal {

    /**
     * Adds the entries, all or none, and renews the lease with them.
     *
     * @return why everything is to be taken back, if somebody wants that; said with every entry until the operation is over or turned to
     *     another course
     * @throws LeaseLost when somebody else has taken the operation over; nothing is written then, and the caller must stop
     */
    Optional<String> write(OperationId operation, List<JournalEntry> entries);

    /** The operation's entries in the order in which they were written. */
    List<JournalEntry> of(OperationId operation);
}
