package dev.strangler.cli.rehearse;

import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.up.Whole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Ends one part after the other while a handover stands where that was wanted, and starts it again. */
final class Killing {

    private static final Duration UNTIL_BROKEN = Duration.ofSeconds(40);
    private static final int ATTEMPTS = 6;

    private final Whole whole;
    private final Handovers handovers;
    private final Recording recording;
    private final Consumer<String> progress;
    private final List<Certificate.Passage> passages = new ArrayList<>();

    Killing(Whole whole, Handovers handovers, Recording recording, Consumer<String> progress) {
        this.whole = whole;
        this.handovers = handovers;
        this.recording = recording;
        this.progress = progress;
    }

    /** What became of each so far. */
    List<Certificate.Passage> passages() {
        return List.copyOf(passages);
    }

    /**
     * Carries them out, each in the next handover that goes its way.
     *
     * @param isTimeLeft whether another may begin
     * @throws CommandFailure REFUSED when a gate stays closed; what was done by then stays known
     */
    void carryOut(List<Kill> kills, BooleanSupplier isTimeLeft) {
        var pending = new ArrayList<>(kills);
        var missed = new HashMap<Kill, Integer>();
        while (!pending.isEmpty() && isTimeLeft.getAsBoolean()) {
            var direction = handovers.nextDirection();
            var next = pending.stream()
                    .filter(kill -> kill.goes(direction))
                    .findFirst()
                    .orElse(pending.get(0));
            if (next.goes(direction) ? hasKilled(next, direction, kills.size()) : hasTurnedRound(direction)) {
                pending.removeIf(kill -> kill == next && kill.goes(direction));
            } else if (missed.merge(next, 1, Integer::sum) == ATTEMPTS) {
                pending.remove(next);
                var nowhere = new Handovers.Ended("MISSED", -1, -1, List.of());
                passed(direction, next, nowhere, -1, Spent.NOTHING, kills.size());
            }
        }
    }

    /** All kills that are left go the other way. A relay that has just come back may be too late for it, which takes it back. */
    private boolean hasTurnedRound(String direction) {
        handovers.awaitReady(direction);
        quietly(() -> handovers.begin(direction));
        var ended = handovers.awaitOver(null);
        progress.accept("turning round, %s: %s".formatted(direction, ended.outcome()));
        Patience.awaitWrites(recording);
        return !handovers.nextDirection().equals(direction);
    }

    /** False when the handover never came to where the part was to be ended: a gate closed, or it was taken back before. */
    private boolean hasKilled(Kill kill, String direction, int of) {
        var watch = new Spent.Watch();
        handovers.awaitReady(direction);
        var ready = watch.lap();
        quietly(() -> handovers.breakAt(kill));
        var from = recording.acknowledgedSoFar();
        var beginning = CompletableFuture.runAsync(() -> handovers.begin(direction));
        var part = whole.mortal(kill.victim());
        Patience.await(UNTIL_BROKEN, () -> beginning.isDone() || isBroken());
        var id = isBroken() ? newestId() : "";
        if (id.isEmpty()) {
            quietly(handovers::goOn);
            var said = beginning
                    .handle((begun, refused) -> refused == null ? "over before that" : reason(refused))
                    .join();
            quietly(handovers::awaitQuiet);
            progress.accept("%s, %s: did not come to that, and is tried again: %s".formatted(kill, direction, said));
            return false;
        }
        var there = watch.lap();
        part.kill();
        if (!kill.victim().equals("facade")) {
            quietly(handovers::goOn);
        }
        part.start();
        var restart = watch.lap();
        quietly(beginning::join);
        var ended = handovers.awaitOver(id);
        Patience.awaitWrites(recording);
        passed(direction, kill, ended, recording.seenGap(from), new Spent(ready, there, restart, watch.lap()), of);
        return true;
    }

    private static String reason(Throwable refused) {
        var cause = refused instanceof CompletionException && refused.getCause() != null ? refused.getCause() : refused;
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("refused");
    }

    private String newestId() {
        try {
            var newest = handovers.newest();
            return newest == null ? "" : newest.path("id").asString("");
        } catch (CommandFailure away) {
            return "";
        }
    }

    private void passed(String direction, Kill kill, Handovers.Ended ended, long seenGap, Spent spent, int of) {
        var passage = new Certificate.Passage(
                direction, kill.toString(), ended.outcome(), ended.gapMillis(), seenGap, ended.helped(), spent);
        passages.add(passage);
        progress.accept("kill %d of %d, %s, %s: %s%s, in %s"
                .formatted(
                        passages.size(),
                        of,
                        direction,
                        passage.killed(),
                        passage.outcome(),
                        passage.helped().isEmpty() ? "" : " after " + String.join(", ", passage.helped()),
                        spent));
    }

    private boolean isBroken() {
        try {
            return handovers.isBroken();
        } catch (CommandFailure away) {
            return false;
        }
    }

    private static void quietly(Runnable asking) {
        try {
            asking.run();
        } catch (RuntimeException expected) {
            // A part was killed under it; what became of the operation is asked afterwards.
        }
    }
}
