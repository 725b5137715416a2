package dev.strangler.cutover.workflow;

import dev.strangler.outbox.relay.Lsn;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Comparison of single aggregates, owner against copy, and the proof that it builds upon. Of one feature, with one side as the owner. */
public interface Comparing {

    /**
     * The newest proof that everything was the same.
     *
     * @param since a change that it may have missed lies at or behind this position of the owner's log
     * @param at when it was begun
     * @param shape of the state views that were compared, see {@link dev.strangler.cutover.Parity#shape}; empty where nobody noted it
     * @param trouble why it may not be built upon; null when it may
     */
    record Base(
            Lsn since, Instant at, String shape, @Nullable String trouble) {

        /** The same, but not to be built upon, for that reason. */
        public Base troubledBy(String reason) {
            return new Base(since, at, shape, reason);
        }
    }

    /** The newest proof, if there is one for this owner. */
    Optional<Base> base();

    /** A position in the owner's log: every change that commits from now on lies at or behind it. May wait for open transactions. */
    Lsn position();

    /** The end of the copy's log: whatever that side publishes from now on lies at or behind it. */
    Lsn positionOfCopy();

    /** The ids of the feature's aggregates that the owner published at or behind that position. */
    List<String> changedSince(Lsn position);

    /** Those that the two sides do not hold alike at this moment, each with how it differs. */
    List<Difference> differences(Collection<String> ids);

    /**
     * What a handover has proven: everything was the same when its target opened, as far as the proof that it was built upon and its own
     * comparisons go. Empty when it never came to that, or had no proof to build upon.
     */
    static Optional<Base> after(List<JournalEntry> handover) {
        var notes = Notes.of(handover);
        return notes.openedFrom()
                .flatMap(since -> notes.provenAt()
                        .map(at -> new Base(since, at, notes.shape().orElse(""), null)));
    }

    /** One aggregate that differs, in words. */
    record Difference(String id, String how) {}
}
