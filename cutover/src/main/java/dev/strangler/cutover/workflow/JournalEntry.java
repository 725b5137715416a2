package dev.strangler.cutover.workflow;

import java.time.Instant;
import java.util.Map;

/**
 * One line of an operation's journal.
 *
 * @param step which
 * @param outcome how far it has come
 * @param at the coordinator's clock
 * @param detail in words; may be empty
 * @param notes what a successor must know to go on from here
 */
public record JournalEntry(StepName step, Outcome outcome, Instant at, String detail, Map<String, String> notes) {

    public JournalEntry {
        notes = Map.copyOf(notes);
    }

    /** How far a step has come. */
    public enum Outcome {
        /** From here on it may have had effects. */
        BEGAN,
        /** All its effects are there. */
        DONE,
        /** It gave up; which effects it had is read from the fences. */
        FAILED
    }
}
