package dev.strangler.cutover;

import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One side's fence of a feature: the lock-out of writers in that side's own database.
 *
 * <p>At most one side is open at any moment, if whoever moves ownership closes one before it opens the other at a higher epoch. A side
 * that is left half moved is shut, never open. Every call is a transaction of its own and may be repeated.
 */
public interface Fence {

    /** Whose fence. */
    FeatureName feature();

    /** How it stands now. */
    FenceState state();

    /**
     * Shuts writers out and appends the markers behind everything that they have committed. Reads go on. Writers that come meanwhile wait
     * for it, so {@code patience} is also the longest that they are held up in vain.
     *
     * @return a position of the side's log behind the markers
     * @param expected the epoch at which it is open
     * @param operation closing again under the same name does nothing and is no error
     * @param patience how long to wait for transactions that have written and not ended, at least a millisecond
     * @throws FenceHeld if they have not ended in time; nothing has changed, writers go on
     * @throws FenceHasMoved if it is not open at that epoch, or if the operation is barred
     */
    Lsn close(Epoch expected, OperationId operation, List<Marker> markers, Duration patience);

    /**
     * Lets this operation never close this side any more, whoever may still be about to. Waits for no writer.
     *
     * @return whether it is barred; false if it has closed this side already
     */
    boolean bar(OperationId operation);

    /**
     * Decides that this side owns the feature from that epoch on: the point of no return. Writers stay shut out until {@link #enforce}.
     *
     * @return whether it is decided; false if this side is open, has been at that epoch or later, or has burned it
     */
    boolean open(Epoch epoch, OperationId operation);

    /** Lets writers meet what was decided. To be called after {@link #open}, and whenever {@link FenceState#isEnforced} is false. */
    void enforce();

    /**
     * Lets this side never open at or below that epoch, whoever may still be about to.
     *
     * @return whether it is burned; false if this side is open
     */
    boolean burn(Epoch epoch, OperationId operation);

    /**
     * Tells a closed side who owns the feature, so that it can send writers there. What is older than it knows is ignored, and so is
     * everything if it is open.
     *
     * @param owner nobody while ownership moves
     * @param epoch of the owner; of the last one while there is none
     */
    void settle(@Nullable Side owner, Epoch epoch);

    /**
     * Gives up this side for good: no later open, no applier, no rights. Done again it takes away what was granted since.
     *
     * <p>Three things hold writers off from then on. Every epoch is burned, so nothing opens the fence. The guard of its tables lets nobody through
     * any more, neither the applier nor a superuser. And inserting, updating, deleting and truncating are revoked from everybody who was
     * granted them, the applier and the tables' owner included. What PostgreSQL can't take from an owner, nor from a superuser, is to grant himself
     * the rights again, to disable the trigger and to drop the table: who does that means it, and {@link #audit} tells of the trigger. An owner keeps
     * UPDATE on a table that a foreign key ties to a table of another feature or of none, since PostgreSQL checks such keys with his rights.
     *
     * @return whether it is sealed; false if this side is open
     * @throws FenceHeld if an applier has not ended its transaction within that time; nothing has changed then
     */
    boolean seal(OperationId operation, Duration patience);

    /** What {@link #seal} would revoke now, as statements; none when nobody has any right that it takes away. */
    List<String> revocations();

    /** Appends an event without content to the side's outbox, to see it arrive elsewhere. */
    void publish(Marker tracer);

    /** Who has written under the fence and not ended the transaction, the oldest first: what closing waits for. */
    List<OpenTransaction> blockers();

    /** Transactions that are older and have touched a table of the feature, if only to read it; the oldest first. */
    List<OpenTransaction> transactionsOlderThan(Duration age);

    /**
     * Why nobody would be named who holds this fence up, and the statement that mends it; empty if whoever does is named. Of other roles'
     * sessions PostgreSQL shows their transactions, states and statements to members of {@code pg_read_all_stats} only, and null to others.
     */
    Optional<String> blindness();

    /** Holes in the fence of these tables; none is what a cutover needs. */
    List<FenceHole> audit(Collection<String> tables);

    /** What was refused here. */
    RefusedWrites refusals();
}
