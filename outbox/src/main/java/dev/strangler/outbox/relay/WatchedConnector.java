package dev.strangler.outbox.relay;

import dev.strangler.outbox.relay.RelayState.Condition;
import dev.strangler.outbox.relay.RelayWatch.SlotLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connector under watch, with its history of restarts. */
class WatchedConnector {

    private static final Logger log = LoggerFactory.getLogger(WatchedConnector.class);

    private final Connectors connect;
    private final RelayConnector connector;
    private final @Nullable SlotLookup slots;
    private final RelayListener listener;
    private final RestartPace pace;
    private final Clock clock;

    private volatile RelayState state;
    private int restarts;
    private Instant lastRestart = Instant.EPOCH;

    WatchedConnector(
            Connectors connect,
            RelayConnector connector,
            @Nullable SlotLookup slots,
            RelayListener listener,
            RestartPace pace,
            Clock clock) {
        this.connect = connect;
        this.connector = connector;
        this.slots = slots;
        this.listener = listener;
        this.pace = pace;
        this.clock = clock;
        this.state = new RelayState(connector.name(), Condition.STARTING, "not looked at yet", 0);
    }

    RelayState state() {
        return state;
    }

    RelayState look() {
        var before = state;
        state = judge();
        if (before.condition() != state.condition() || before.restarts() < state.restarts()) {
            tell(before);
        }
        return state;
    }

    private RelayState judge() {
        try {
            return connect.status(connector.name())
                    .map(this::judge)
                    .orElseGet(() -> state(Condition.MISSING, "Connect knows no connector of this name. Register it."));
        } catch (ConnectFailure failure) {
            return state(Condition.UNREACHABLE, String.valueOf(failure.getMessage()));
        }
    }

    /** The slot first: a task whose slot is gone may go on saying RUNNING, and may make one anew that skips events. */
    private RelayState judge(ConnectorStatus status) {
        var trouble = slotTrouble();
        if (trouble.isPresent()) {
            return state(Condition.BLOCKED, trouble.get());
        }
        if (status.isRunning()) {
            forgetOldRestarts();
            return state(Condition.RUNNING, "connector and task run");
        }
        if (status.isFailed()) {
            return FailureDiagnosis.wayOut(status.failure())
                    .map(wayOut -> state(Condition.BLOCKED, wayOut))
                    .orElseGet(() -> restart(status));
        }
        return switch (status.state()) {
            case "STOPPED", "PAUSED" ->
                state(Condition.STOPPED, "Somebody has stopped it. Resume it to let events flow.");
            default -> state(Condition.STARTING, status.state());
        };
    }

    private Optional<String> slotTrouble() {
        if (slots == null) {
            return Optional.empty();
        }
        try {
            var slot = slots.find(connector);
            if (slot.isEmpty()) {
                return Optional.of(SlotAdvice.gone(connector.slot()));
            }
            return slot.filter(SlotState::isLost).map(lost -> SlotAdvice.lost(lost.name(), lost.walStatus()));
        } catch (RuntimeException e) {
            log.debug("The slot of {} cannot be looked at now", connector.name(), e);
            return Optional.empty();
        }
    }

    private RelayState restart(ConnectorStatus status) {
        var now = clock.instant();
        var due = lastRestart.plus(pace.after(restarts));
        if (now.isBefore(due)) {
            var wait = Duration.between(now, due);
            return state(
                    Condition.RESTARTING, "next restart in %d ms, after: %s".formatted(wait.toMillis(), cause(status)));
        }
        lastRestart = now;
        restarts++;
        connect.restartFailed(connector.name());
        return state(Condition.RESTARTING, "restarted after: " + cause(status));
    }

    private void forgetOldRestarts() {
        if (restarts > 0 && clock.instant().isAfter(lastRestart.plus(pace.settled()))) {
            restarts = 0;
        }
    }

    private RelayState state(Condition condition, String detail) {
        return new RelayState(connector.name(), condition, detail, restarts);
    }

    private void tell(RelayState before) {
        try {
            listener.changed(before, state);
        } catch (RuntimeException e) {
            log.warn("Telling of {} failed", state, e);
        }
    }

    /** A trace says the most in its last cause. */
    private static String cause(ConnectorStatus status) {
        var lines = status.failure()
                .lines()
                .filter(line -> line.startsWith("Caused by:"))
                .toList();
        return lines.isEmpty() ? status.failure().lines().findFirst().orElse("no trace") : lines.get(lines.size() - 1);
    }
}
