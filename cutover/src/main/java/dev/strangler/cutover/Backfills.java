package dev.strangler.cutover;

import java.util.List;
import java.util.Optional;

/** The backfills of all features, stored durably. Each step of one is a compare-and-set by the instance that has claimed it. */
public interface Backfills {

    /**
     * Begins one, unless one of the feature is open; goes on with the last one if that failed with the same owner.
     *
     * @param total rows that there are now
     */
    Backfill begin(FeatureName feature, Side owner, String who, long total);

    /** The feature's newest one. */
    Optional<Backfill> newest(FeatureName feature);

    /** The open ones that no living instance works at. */
    List<Backfill> abandoned();

    /** Takes it over; empty when another instance has it, or it is not open. */
    Optional<Backfill> claim(long number, String instance);

    /** Notes a chunk; empty when the instance no longer has it, and must stop. */
    Optional<Backfill> advance(Backfill before, String instance, String lastKey, long appended);

    /** Notes why it holds back, and that its instance is alive; empty when the instance no longer has it. */
    Optional<Backfill> waiting(Backfill before, String instance, String reason);

    /** Moves it to the next state; empty when the instance no longer has it. */
    Optional<Backfill> move(Backfill before, String instance, Backfill.State next);

    /** Notes that it can't go on. */
    void fail(Backfill before, String instance, String trouble);
}
