package dev.strangler.cutover.workflow;

import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what a diagnosis proposes: closes first, then opens one. Each action may be repeated, and a later diagnosis sees what is left. */
public final class Repair {

    private static final Duration HOLD_UP = Duration.ofSeconds(2);

    private final Participants participants;
    private final OperationId operation;
    private final String who;
    private final List<String> done = new ArrayList<>();

    /**
     * @param operation in whose name fences are moved
     * @param who the operator
     */
    public Repair(Participants participants, OperationId operation, String who) {
        this.participants = participants;
        this.operation = operation;
        this.who = who;
    }

    /**
     * Does what is proposed, and says what was done; nothing when nothing is proposed, or when an operation has to be ended first.
     *
     * @throws StepFailed when a fence refuses; what was done before stays done
     */
    public List<String> carryOut(Diagnosis diagnosis) {
        var side = diagnosis.side();
        switch (diagnosis.remedy()) {
            case ENFORCE -> enforce(required(side));
            case ROUTE -> route(required(side));
            case OPEN -> open(required(side));
            case CLOSE -> close(required(side));
            case NOTHING, CONCLUDE -> {}
        }
        return List.copyOf(done);
    }

    private void enforce(Side side) {
        participants.fence(side).enforce();
        done.add("let the writers of the %s through".formatted(Fences.word(side)));
        route(side);
    }

    private void route(Side side) {
        var epoch = participants.fence(side).state().epoch();
        var route = participants.traffic().route();
        if (route.writes() != side || !route.epoch().equals(epoch)) {
            participants.traffic().release(operation, side, epoch, who, operation + " repair");
            done.add("sent writes to the %s under epoch %s".formatted(Fences.word(side), epoch));
        }
        participants.fence(side.other()).settle(side, epoch);
    }

    private void open(Side side) {
        var newest = Fences.newest(participants.fence(side).state());
        var others = Fences.newest(participants.fence(side.other()).state());
        var epoch = (others.isAfter(newest) ? others : newest).next();
        if (!participants.fence(side.other()).burn(epoch, operation)) {
            throw new StepFailed("The %s is open by now. Run doctor again.".formatted(Fences.word(side.other())));
        }
        done.add("kept the %s closed up to epoch %s".formatted(Fences.word(side.other()), epoch));
        if (!participants.fence(side).open(epoch.next(), operation)) {
            throw new StepFailed("The %s refuses to be opened. Run doctor again.".formatted(Fences.word(side)));
        }
        participants.fence(side).enforce();
        done.add("opened the %s under epoch %s".formatted(Fences.word(side), epoch.next()));
        route(side);
    }

    private void close(Side side) {
        var state = participants.fence(side).state();
        participants.fence(side).close(state.epoch(), operation, List.of(), HOLD_UP);
        done.add("closed the %s".formatted(Fences.word(side)));
        route(side.other());
    }

    private static Side required(@Nullable Side side) {
        if (side == null) {
            throw new IllegalArgumentException("A remedy for a fence names its side.");
        }
        return side;
    }
}
