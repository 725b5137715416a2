package dev.strangler.facade.moving;

import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Plan;

/** Is told what becomes of the operations that this instance leads, in the thread that leads them, which goes on when the answer comes. */
public interface Onlooker {

    /** An order was turned down. */
    default void refused(Plan plan) {}

    /** An entry of the journal is about to be written. */
    default void writing(Operation operation, JournalEntry entry) {}

    /** The entry is written; what is thrown about the beginning of a step is a failure of that step. */
    default void written(Operation operation, JournalEntry entry) {}

    /** Nothing more is done for now. */
    default void ended(Conclusion conclusion) {}
}
