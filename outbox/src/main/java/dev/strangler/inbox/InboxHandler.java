package dev.strangler.inbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one consumer does with the events that it hears of. The {@link Inbox} calls it with events of whole batches, since
 * a round trip per event is what makes consumers slow.
 *
 * <p>The effects must go through the {@code DataSource} that the inbox was given: only then do they happen exactly once.
 * Name tables without their schema, otherwise a {@link Rebuild} would write into the live projection.
 */
public interface InboxHandler {

    /**
     * The name under which positions, versions and parked records are kept; also the Kafka consumer group. Changing it
     * makes a new consumer, which starts at the beginning of its topics. At most 200 characters; the suffix {@code .rebuild} is reserved.
     */
    String consumer();

    /** The topics to read, at least one. They must exist; the inbox never creates one. */
    Set<String> topics();

    /**
     * The aggregate types that this consumer keeps a copy of, if it knows them beforehand. Types are also learnt when first
     * seen; declaring them lets {@code strangler.applied} answer before the first event has arrived.
     */
    default Set<String> aggregateTypes() {
        return Set.of();
    }

    /**
     * The tables that this consumer fills and nobody else writes, if they are a projection that can be built anew from the log: then
     * {@code strangler.rebuild} may be asked for it.
     */
    default Optional<Projection> projection() {
        return Optional.empty();
    }

    /**
     * Whether this consumer writes down here what the owner elsewhere has decided, on tables that this side may own at other times. Then events
     * that this side published itself are not handed over, though their versions count, and {@link #apply} runs under the
     * {@linkplain InboxSettings#applierRole applier's role}, the only one that may write while the side is not the owner. A {@link Rebuild} hands over all.
     *
     * <p>When one of its aggregate types is written into {@code strangler.inbox_sealed} it stops for good, all of it: so an applier keeps up
     * the copy of one feature.
     */
    default boolean isApplier() {
        return false;
    }

    /**
     * Called with the same events as {@link #apply}, before it and outside any transaction: the place for slow or outside
     * work such as copying blobs. May be called again for the same events, and for events that turn out to be duplicates,
     * so it must be idempotent.
     *
     * @throws RetryLater if something that the events need is away for the moment
     */
    default void prepare(List<ReceivedEvent> events) {}

    /**
     * Applies the events in the inbox's transaction. They are all newer than what was applied before, in the order of
     * the log for each aggregate; one aggregate may occur several times. Either all effects are committed together with the position,
     * or none. May be called again with some of the same events after a failure.
     *
     * <p>Any exception other than {@link RetryLater} and a broken connection counts against the events: the
     * inbox narrows down which event it is, tries that one a few times more and then parks its key.
     *
     * @throws RetryLater if something that the events need is away for the moment
     */
    void apply(List<ReceivedEvent> events);
}
