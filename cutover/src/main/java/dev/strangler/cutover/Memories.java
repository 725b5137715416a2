package dev.strangler.cutover;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the two sides remember of a feature's aggregates beside their rows, and what can be made of it. */
public interface Memories {

    /** The newest event of each aggregate that the owner's outbox still holds; others are missing. */
    Map<String, Remedy.LastWord> lastWords(Feature feature, Side owner, Collection<String> keys);

    /** Has the owner's outbox say those events once more; answers how many. A fenced owner refuses. */
    long sayLastWords(Feature feature, Side owner, Collection<String> keys);

    /** The newest version of each aggregate that a consumer of the copy has applied; those never heard of are missing. */
    Map<String, Long> applied(Feature feature, Side copy, Collection<String> keys);

    /**
     * Has the copy's consumers of the feature build their projections anew from the log, and waits for the end.
     *
     * @param limit how long to wait
     * @return why some did not, with the way out; empty when all did
     */
    List<String> rebuild(Feature feature, Side copy, Duration limit);
}
