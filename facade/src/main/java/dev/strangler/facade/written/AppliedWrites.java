package dev.strangler.facade.written;

import java.util.List;
import java.util.function.Consumer;

/** Tells whether a side has applied what was written at another. */
public interface AppliedWrites {

    /**
     * Asks without waiting.
     *
     * @param side the name of a deployable
     * @param written what it may lack; not empty
     * @param answer called exactly once, on any thread, within the time limit
     */
    void ask(String side, List<Written> written, Consumer<Answer> answer);

    /**
     * What a side has.
     *
     * @param applied what it has, or never will want
     * @param isAll whether that is everything that was asked for; false also when the side could not be asked in time
     */
    record Answer(List<Written> applied, boolean isAll) {

        /** The side could not be asked: it counts as behind. */
        public static final Answer UNKNOWN = new Answer(List.of(), false);

        public Answer {
            applied = List.copyOf(applied);
        }
    }
}
