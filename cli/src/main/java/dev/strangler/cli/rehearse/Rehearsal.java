package dev.strangler.cli.rehearse;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.up.Whole;
import dev.strangler.cutover.history.CheckingHistory;
import dev.strangler.cutover.history.Held;
import dev.strangler.cutover.history.History;
import dev.strangler.cutover.history.Violation;
import dev.strangler.cutover.history.Write.Outcome;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Hands a feature over and back under load, kills parts on the way if asked to, and judges what clients saw and what is left. */
final class Rehearsal {

    private static final Duration UNTIL_LOADED = Duration.ofSeconds(30);
    private static final Duration UNTIL_BROKEN = Duration.ofSeconds(40);
    private static final Duration UNTIL_AT_REST = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int WRITES_BETWEEN = 100;
    private static final int ATTEMPTS = 6;

    private final Wanted wanted;
    private final Aggregates kind;
    private final Whole whole;
    private final Handovers handovers;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Recording recording = new Recording();
    private final List<Certificate.Passage> quiet = new ArrayList<>();
    private final List<Certificate.Passage> faulty = new ArrayList<>();

    /**
     * What is rehearsed.
     *
     * @param feature whose writes
     * @param topic of the feature
     * @param service that takes over
     * @param clients side by side
     * @param writesPerSecond of all together
     * @param facades that clients talk to, 1 or 2; only the first leads handovers, unless it dies
     * @param cycles forward and back, without a fault
     * @param kills one handover each; those that go the other way wait for their turn
     * @param seed of everything that is drawn
     */
    record Wanted(
            String feature,
            String topic,
            String service,
            int clients,
            int writesPerSecond,
            int facades,
            int cycles,
            List<Kill> kills,
            long seed) {

        Wanted {
            kills = List.copyOf(kills);
        }
    }

    Rehearsal(Wanted wanted, Aggregates kind, Whole whole, ControlApi control, Clock clock, Consumer<String> progress) {
        this.wanted = wanted;
        this.kind = kind;
        this.whole = whole;
        this.handovers = new Handovers(control, wanted.feature());
        this.clock = clock;
        this.progress = progress;
    }

    /** Carries it all out; the load runs from before the first handover until after the last. */
    Certificate run() {
        var began = clock.instant();
        progress.accept("Preparing '%s': fences, backfill, parity, reads at the service".formatted(wanted.feature()));
        if (handovers.nextDirection().equals("forward")) {
            handovers.prepare();
        }
        return wanted.facades() == 1 ? rehearsed(began, List.of(whole.facade())) : besideAnother(began);
    }

    /** The second façade is there for as long as the rehearsal. */
    private Certificate besideAnother(Instant began) {
        var another = whole.anotherFacade()
                .orElseThrow(
                        () -> new CommandFailure(
                                ExitCode.USAGE,
                                "There is no second façade in containers. Rehearse with one, or on what ./strangler up starts as processes."));
        progress.accept("Starting a second façade");
        another.start();
        try {
            return rehearsed(began, List.of(whole.facade(), another.facade()));
        } finally {
            another.stop();
        }
    }

    private Certificate rehearsed(Instant began, List<URI> shops) {
        var run = "r" + Long.toString(began.toEpochMilli(), 36);
        try (var load =
                new Load(run, kind, shops, wanted.clients(), wanted.writesPerSecond(), recording, wanted.seed())) {
            awaitWrites();
            for (var number = 1; number <= 2 * wanted.cycles(); number++) {
                handOver();
            }
            killOnTheWay();
            awaitWrites();
            progress.accept("Letting the load come to its end");
        }
        progress.accept("Waiting until everything has come to rest, then judging %,d writes"
                .formatted(recording.writes().size()));
        return judged(began);
    }

    private void handOver() {
        var direction = handovers.nextDirection();
        handovers.awaitReady(direction);
        awaitWrites();
        var from = recording.acknowledgedSoFar();
        var id = handovers.begin(direction).path("id").asString("");
        var ended = handovers.awaitOver(id);
        awaitWrites();
        var passage = new Certificate.Passage(
                direction, "", ended.outcome(), ended.gapMillis(), seenGap(from), ended.helped());
        quiet.add(passage);
        progress.accept("handover %d, %s: %s, gap %d ms, seen by clients %d ms"
                .formatted(quiet.size(), direction, passage.outcome(), passage.gapMillis(), passage.seenGapMillis()));
    }

    private void killOnTheWay() {
        var pending = new ArrayList<>(wanted.kills());
        var missed = new HashMap<Kill, Integer>();
        while (!pending.isEmpty()) {
            var direction = handovers.nextDirection();
            var next = pending.stream()
                    .filter(kill -> kill.goes(direction))
                    .findFirst()
                    .orElse(pending.get(0));
            if (next.goes(direction) ? hasKilled(next, direction) : hasTurnedRound(direction)) {
                pending.removeIf(kill -> kill == next && kill.goes(direction));
            } else if (missed.merge(next, 1, Integer::sum) == ATTEMPTS) {
                pending.remove(next);
                passed(direction, next, new Handovers.Ended("MISSED", -1, -1, List.of()), -1);
            }
        }
    }

    /** All kills that are left go the other way. A relay that has just come back may be too late for it, which takes it back. */
    private boolean hasTurnedRound(String direction) {
        handovers.awaitReady(direction);
        quietly(() -> handovers.begin(direction));
        var ended = handovers.awaitOver(null);
        progress.accept("turning round, %s: %s".formatted(direction, ended.outcome()));
        awaitWrites();
        return !handovers.nextDirection().equals(direction);
    }

    /** False when the handover never came to where the part was to be ended: a gate closed, or it was taken back before. */
    private boolean hasKilled(Kill kill, String direction) {
        handovers.awaitReady(direction);
        quietly(() -> handovers.breakAt(kill));
        var from = recording.acknowledgedSoFar();
        var beginning = CompletableFuture.runAsync(() -> handovers.begin(direction));
        var part = whole.mortal(kill.victim());
        await(UNTIL_BROKEN, () -> beginning.isDone() || isBroken());
        var id = isBroken() ? newestId() : "";
        if (id.isEmpty()) {
            quietly(handovers::goOn);
            quietly(beginning::join);
            handovers.awaitOver(null);
            return false;
        }
        part.kill();
        if (!kill.victim().equals("facade")) {
            quietly(handovers::goOn);
        }
        part.start();
        quietly(beginning::join);
        var ended = handovers.awaitOver(id);
        awaitWrites();
        passed(direction, kill, ended, seenGap(from));
        return true;
    }

    private String newestId() {
        try {
            var newest = handovers.newest();
            return newest == null ? "" : newest.path("id").asString("");
        } catch (CommandFailure away) {
            return "";
        }
    }

    private void passed(String direction, Kill kill, Handovers.Ended ended, long seenGap) {
        var passage = new Certificate.Passage(
                direction, kill.toString(), ended.outcome(), ended.gapMillis(), seenGap, ended.helped());
        faulty.add(passage);
        progress.accept("kill %d of %d, %s, %s: %s%s"
                .formatted(
                        faulty.size(),
                        wanted.kills().size(),
                        direction,
                        passage.killed(),
                        passage.outcome(),
                        passage.helped().isEmpty() ? "" : ", after " + String.join(", ", passage.helped())));
    }

    private boolean isBroken() {
        try {
            return handovers.isBroken();
        } catch (CommandFailure away) {
            return false;
        }
    }

    /** From the last write that one side acknowledged to the first that the other did; -1 where only one did. */
    private long seenGap(long from) {
        var seen = recording.acknowledged().stream()
                .skip(from)
                .sorted(Comparator.comparingLong(Recording.Acknowledged::at))
                .toList();
        for (var next = 1; next < seen.size(); next++) {
            if (!seen.get(next).by().equals(seen.get(next - 1).by())) {
                return Duration.ofNanos(seen.get(next).at() - seen.get(next - 1).at())
                        .toMillis();
            }
        }
        return -1;
    }

    private void awaitWrites() {
        var goal = recording.acknowledgedSoFar() + WRITES_BETWEEN;
        await(UNTIL_LOADED, () -> recording.acknowledgedSoFar() >= goal);
    }

    private Certificate judged(Instant began) {
        var history = settled();
        var violations = CheckingHistory.check(history);
        return new Certificate(
                wanted.feature(),
                began,
                wanted.seed(),
                wanted.clients(),
                wanted.facades(),
                wanted.writesPerSecond(),
                count(history, Outcome.ACKNOWLEDGED),
                count(history, Outcome.UNKNOWN),
                count(history, Outcome.REFUSED),
                history.reads().size(),
                history.log().size(),
                recording.answers(),
                quiet,
                faulty,
                violations.stream().map(Violation::toString).toList());
    }

    private static long count(History history, Outcome outcome) {
        return history.writes().stream()
                .filter(write -> write.outcome() == outcome)
                .count();
    }

    /** The history once both sides hold the same, or as it is when the limit is over: then the judgement says what is missing. */
    private History settled() {
        var handles = recording.aggregates();
        var sides = Map.of(
                "monolith",
                new ReadingSide(kind, whole.side("monolith")),
                wanted.service(),
                new ReadingSide(kind, whole.side(wanted.service())));
        var ends = new TreeMap<String, Map<String, Held>>();
        await(UNTIL_AT_REST, () -> {
            sides.forEach((name, side) -> ends.put(name, side.all(handles)));
            return ends.values().stream().distinct().count() == 1;
        });
        var log = new ReadingTopic(whole.kafka()).events(wanted.topic(), handles.keySet());
        return new History(recording.writes(), recording.reads(), log, ends);
    }

    private static void await(Duration limit, BooleanSupplier isReached) {
        var end = System.nanoTime() + limit.toNanos();
        while (!isReached.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
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
