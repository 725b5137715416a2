package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.Lsn;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a side's relay may say once more: when it begins anew it goes on from where its slot was last confirmed, and repeats what it had
 * carried since. After a handover that comes behind the new owner's events. Nobody applies it, but a compacted topic keeps the last
 * record of a key, and whoever builds his copy anew from it would get the older one.
 */
public interface Echoes {

    /** Who reads the side's slot at this moment; somebody else later means that the relay has begun anew. Empty while nobody does. */
    Optional<String> reader(Side side);

    /** The end of the side's log. */
    Lsn end(Side side);

    /** Whether the slot is confirmed up to that position, so that nothing before it will be said once more; also where there is no slot. */
    boolean isPast(Side side, Lsn position);

    /**
     * Says once more the newest event of each aggregate that the owner has published at or behind that position of its log. Takes as long as there are
     * events; its writers wait some milliseconds of it.
     *
     * @return how many; empty if somebody else is at it at this moment, so nothing was said
     * @throws dev.strangler.cutover.FenceHeld if writers had not ended again and again; it has to be done again, and what was said does no harm
     */
    OptionalLong sayAgain(Side owner, Lsn since);
}
