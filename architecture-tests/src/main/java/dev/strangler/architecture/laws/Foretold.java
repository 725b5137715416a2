package dev.strangler.architecture.laws;

import java.util.List;

/**
 * What was written, compared with what the code was read to write.
 *
 * @param judgement W21: what nobody foretold, and what nobody wrote
 * @param kinds how many kinds of writes were seen: whose, what, where
 * @param foretold how many of them the code was read to make
 * @param rows how many rows that was
 * @param notSeen what was foretold of features and not seen, each as {@code feature VERB table}
 */
public record Foretold(Judgement judgement, int kinds, int foretold, long rows, List<String> notSeen) {

    /** Copies its list. */
    public Foretold {
        notSeen = List.copyOf(notSeen);
    }

    /** The recall as a sentence, for the log of a build. */
    public String told() {
        return "%d rows of %d kinds were written, %d kinds of them foretold; %d kinds were foretold and not seen."
                .formatted(rows, kinds, foretold, notSeen.size());
    }
}
