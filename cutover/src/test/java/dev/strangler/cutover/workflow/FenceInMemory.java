package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Fence;
import dev.strangler.cutover.FenceHasMoved;
import dev.strangler.cutover.FenceHeld;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.FenceState.Decision;
import dev.strangler.cutover.Marker;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.RefusedWrites;
import dev.strangler.cutover.Side;
import dev.strangler.outbox.relay.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fence by the rules of the real one, without a database: compare and set, the gate after the row when opening. */
final class FenceInMemory implements Fence {

    final Side side;
    private final World world;
    int heldUp;
    boolean isStubborn;

    @Nullable
    String blindness;

    List<FenceHole> holes = List.of();
    RefusedWrites refusals = new RefusedWrites(0, null);
    private final Set<OperationId> barred = new HashSet<>();
    private Decision decision;
    private Epoch epoch = Epoch.FIRST;
    private Epoch burned = Epoch.FIRST;
    private @Nullable OperationId operation;
    private @Nullable Side owner = Side.MONOLITH;
    private @Nullable Epoch ownerEpoch = Epoch.FIRST;
    private boolean enforcedOpen;
    private Epoch enforcedEpoch = Epoch.FIRST;

    FenceInMemory(Side side, World world) {
        this.side = side;
        this.world = world;
        this.decision = side == Side.MONOLITH ? Decision.OPEN : Decision.CLOSED;
        this.enforcedOpen = side == Side.MONOLITH;
    }

    /** Whether writers get through now. */
    boolean letsWritersThrough() {
        return enforcedOpen;
    }

    private <T> T call(String name, java.util.function.Supplier<T> effect) {
        return world.faults.call(side + "." + name, () -> {
            if (world.isAway(side)) {
                throw new IllegalStateException(side + " is away");
            }
            return effect.get();
        });
    }

    @Override
    public FeatureName feature() {
        return World.FEATURE;
    }

    @Override
    public FenceState state() {
        return call(
                "state",
                () -> new FenceState(
                        World.FEATURE,
                        side,
                        decision,
                        epoch,
                        burned,
                        operation,
                        owner,
                        ownerEpoch,
                        enforcedOpen,
                        enforcedEpoch,
                        0,
                        Instant.EPOCH));
    }

    @Override
    public Lsn close(Epoch expected, OperationId by, List<Marker> markers, Duration patience) {
        return call("close", () -> {
            if (decision == Decision.CLOSED && by.equals(operation) && epoch.equals(expected)) {
                return World.FENCED_BEHIND;
            }
            if (decision != Decision.OPEN || !epoch.equals(expected) || barred.contains(by)) {
                throw new FenceHasMoved("moved", new IllegalStateException());
            }
            if (heldUp > 0) {
                heldUp--;
                throw new FenceHeld(World.FEATURE, patience, List.of(), new IllegalStateException());
            }
            enforcedOpen = false;
            decision = Decision.CLOSED;
            operation = by;
            owner = null;
            ownerEpoch = null;
            world.publish(side, markers);
            return World.FENCED_BEHIND;
        });
    }

    @Override
    public boolean bar(OperationId by) {
        return call("bar", () -> {
            if (decision == Decision.CLOSED && by.equals(operation)) {
                return false;
            }
            barred.add(by);
            return true;
        });
    }

    @Override
    public boolean open(Epoch newer, OperationId by) {
        return call("open", () -> {
            if (decision == Decision.CLOSED && newer.isAfter(epoch) && newer.isAfter(burned)) {
                decision = Decision.OPEN;
                epoch = newer;
                operation = by;
                owner = side;
                ownerEpoch = newer;
                return true;
            }
            return decision == Decision.OPEN && epoch.equals(newer) && by.equals(operation);
        });
    }

    @Override
    public void enforce() {
        call("enforce", () -> {
            if (isStubborn) {
                throw new IllegalStateException(side + " lets nobody through");
            }
            enforcedOpen = decision == Decision.OPEN;
            enforcedEpoch = epoch;
            world.requireSingleWriter();
            return null;
        });
    }

    @Override
    public boolean burn(Epoch older, OperationId by) {
        return call("burn", () -> {
            if (decision == Decision.OPEN) {
                return false;
            }
            burned = older.isAfter(burned) ? older : burned;
            operation = by;
            return true;
        });
    }

    @Override
    public void settle(@Nullable Side now, Epoch since) {
        call("settle", () -> {
            if (decision == Decision.CLOSED) {
                owner = now;
                ownerEpoch = since;
            }
            return null;
        });
    }

    @Override
    public boolean seal(OperationId by, Duration patience) {
        return burn(new Epoch(Long.MAX_VALUE / 2), by);
    }

    @Override
    public List<String> revocations() {
        return List.of();
    }

    @Override
    public void publish(Marker tracer) {
        call("publish", () -> {
            world.publish(side, List.of(tracer));
            return null;
        });
    }

    @Override
    public List<OpenTransaction> blockers() {
        return List.of();
    }

    @Override
    public List<OpenTransaction> transactionsOlderThan(Duration age) {
        return List.of();
    }

    @Override
    public Optional<String> blindness() {
        return Optional.ofNullable(blindness);
    }

    @Override
    public List<FenceHole> audit(Collection<String> tables) {
        return holes;
    }

    @Override
    public RefusedWrites refusals() {
        return refusals;
    }
}
