package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Side;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Questions to the state of a fence, and how it is told to people. */
final class Fences {

    private Fences() {}

    static boolean isOpenAt(FenceState state, Epoch epoch) {
        return state.isOpen() && state.epoch().equals(epoch);
    }

    static boolean isOpenedBy(FenceState state, Epoch epoch, OperationId operation) {
        return isOpenAt(state, epoch) && operation.equals(state.operation());
    }

    static boolean isClosedBy(FenceState state, OperationId operation) {
        return !state.isOpen() && operation.equals(state.operation());
    }

    /** The newest epoch that this side has heard of, opened or burned. */
    static Epoch newest(FenceState state) {
        return state.burned().isAfter(state.epoch()) ? state.burned() : state.epoch();
    }

    static String said(FenceState state) {
        return "%s%s under epoch %s%s%s"
                .formatted(
                        state.isSealed() ? "sealed, " : "",
                        state.isOpen() ? "open" : "closed",
                        state.epoch(),
                        state.operation() == null ? "" : " by " + state.operation(),
                        state.isEnforced()
                                ? ""
                                : ", but writers meet it " + (state.enforcedOpen() ? "open" : "closed"));
    }

    static String said(Collection<OpenTransaction> sessions) {
        return sessions.stream().map(OpenTransaction::toString).collect(Collectors.joining("; "));
    }

    static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
