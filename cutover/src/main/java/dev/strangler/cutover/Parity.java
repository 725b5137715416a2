package dev.strangler.cutover;

import dev.strangler.outbox.relay.Lsn;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether both sides of a feature hold the same, by the state view that each side has of it. What is compared is the text of the payload
 * as {@code jsonb}: order of members and white space don't count, everything else does, such as the scale of a number.
 *
 * <p>Sees: rows missing, too many, too old, too new or different on the copy, whoever caused it. Does not see: what no view shows, such as
 * files; and rows that both sides hold alike and wrongly.
 */
public interface Parity {

    /**
     * Compares all rows: hashes of key ranges inside both databases at the same time, then the rows of ranges that differ, then, again and
     * again, those whose change is still under way. Takes seconds per million rows, holds no lock and no snapshot for longer than a
     * statement. Where the stream stands still, rows that seem to differ can't be told from rows under way: the proof is unsettled then, and
     * the result says which part is away.
     *
     * @param owner the side that writes now
     * @param watch is told how far it is; called often
     * @throws ParityRefused when a side has no state view or its database does not answer, or a transaction of the owner does not end in time
     */
    Result prove(Feature feature, Side owner, Watch watch);

    /**
     * Compares these rows once, as both sides hold them now; meant for when nothing is under way, since a row that is counts as a
     * discrepancy here.
     */
    Comparison compare(Feature feature, Side owner, Collection<String> keys);

    /**
     * Compares these rows until none is under way any more, or the time for that is over.
     */
    Comparison settle(Feature feature, Side owner, Collection<String> keys);

    /** The keys of the feature that the owner has published at or behind that position of its log. */
    List<String> changedSince(Feature feature, Side owner, Lsn since);

    /** A digest of both sides' state views: a proof holds for one shape alone. */
    String shape(Feature feature);

    /**
     * A proof with what it found.
     *
     * @param trouble which part of the stream kept rows from being settled, and the way out; null when none did
     */
    record Result(
            Proof proof,
            List<Discrepancy> discrepancies,
            List<String> inFlight,
            @Nullable String trouble) {

        public Result {
            discrepancies = List.copyOf(discrepancies);
            inFlight = List.copyOf(inFlight);
        }

        /** The same, with what stood in the way of a repair before it, the first few of it. */
        public Result troubledBy(List<String> troubles) {
            var all = Stream.concat(troubles.stream().limit(MOST_TROUBLES), Stream.ofNullable(trouble))
                    .collect(Collectors.joining(" "));
            return new Result(proof, discrepancies, inFlight, all.isEmpty() ? null : all);
        }

        private static final int MOST_TROUBLES = 3;
    }

    /** Is told how far a comparison is. */
    @FunctionalInterface
    interface Watch {

        /** Nobody. */
        Watch NOBODY = (done, total) -> {};

        /**
         * So many rows have been compared.
         *
         * @param total how many there were at the beginning
         */
        void compared(long done, long total);
    }
}
