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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Hands a feature over and back under load, kills parts on the way if asked to, and judges what clients saw and what is left. */
final class Rehearsal {

    private static final Duration UNTIL_AT_REST = Duration.ofMinutes(2);

    private final Wanted wanted;
    private final Aggregates kind;
    private final Whole whole;
    private final Handovers handovers;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Recording recording = new Recording();
    private final List<Certificate.Passage> quiet = new ArrayList<>();
    private final Killing killing;
    private Recording.Trouble trouble = Recording.Trouble.NONE;
    private String stopped = "";

    /**
     * What is rehearsed.
     *
     * @param feature whose writes
     * @param map digest of the feature in its map
     * @param programs digest of what runs; empty where nobody knows
     * @param topic of the feature
     * @param service that takes over
     * @param clients side by side
     * @param writesPerSecond of all together
     * @param facades that clients talk to, 1 or 2; only the first leads handovers, unless it dies
     * @param cycles forward and back, without a fault
     * @param kills one handover each; those that go the other way wait for their turn
     * @param time after which no further kill begins
     * @param seed of everything that is drawn
     */
    record Wanted(
            String feature,
            String map,
            String programs,
            String topic,
            String service,
            int clients,
            int writesPerSecond,
            int facades,
            int cycles,
            List<Kill> kills,
            Duration time,
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
        this.killing = new Killing(whole, handovers, recording, progress);
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
            Patience.awaitWrites(recording);
            handOverAndKill(began);
            Patience.awaitWrites(recording);
            progress.accept("Letting the load come to its end");
        }
        progress.accept(String.format(
                Locale.ROOT,
                "Waiting until everything has come to rest, then judging %,d writes",
                recording.writes().size()));
        return judged(began);
    }

    /** A gate that never opens ends it; what was seen by then is judged all the same. */
    private void handOverAndKill(Instant began) {
        try {
            handOverQuietly();
            killing.carryOut(wanted.kills(), () -> clock.instant().isBefore(began.plus(wanted.time())));
        } catch (CommandFailure refused) {
            stopped = String.valueOf(refused.getMessage());
        }
    }

    /** Whatever clients run into until its end is nobody's fault but the handover's own. */
    private void handOverQuietly() {
        try {
            for (var number = 1; number <= 2 * wanted.cycles(); number++) {
                handOver();
            }
        } finally {
            trouble = recording.trouble();
        }
    }

    private void handOver() {
        var watch = new Spent.Watch();
        var direction = handovers.nextDirection();
        handovers.awaitReady(direction);
        var ready = watch.lap();
        Patience.awaitWrites(recording);
        var from = recording.acknowledgedSoFar();
        var id = handovers.begin(direction).path("id").asString("");
        var ended = handovers.awaitOver(id);
        Patience.awaitWrites(recording);
        var passage = new Certificate.Passage(
                direction,
                "",
                ended.outcome(),
                ended.gapMillis(),
                recording.seenGap(from),
                ended.helped(),
                new Spent(ready, 0, 0, watch.lap()));
        quiet.add(passage);
        progress.accept("handover %d, %s: %s, gap %d ms, seen by clients %d ms"
                .formatted(quiet.size(), direction, passage.outcome(), passage.gapMillis(), passage.seenGapMillis()));
    }

    private Certificate judged(Instant began) {
        var history = settled();
        var violations = CheckingHistory.check(history);
        return new Certificate(
                wanted.feature(),
                wanted.map(),
                wanted.programs(),
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
                trouble.unwelcome(),
                trouble.unanswered(),
                quiet,
                killing.passages(),
                violations.stream().map(Violation::toString).toList(),
                stopped);
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
        Patience.await(UNTIL_AT_REST, () -> {
            sides.forEach((name, side) -> ends.put(name, side.all(handles)));
            return ends.values().stream().distinct().count() == 1;
        });
        var log = new ReadingTopic(whole.kafka()).events(wanted.topic(), handles.keySet());
        return new History(recording.writes(), recording.reads(), log, ends);
    }
}
